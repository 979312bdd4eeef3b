import swagger from '@fastify/swagger';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Api } from './parts.js';

/** OpenAPI 3.1 from the routes themselves. The registry is private, so that no schema imported elsewhere leaks in. */
export const documentRoutes = async (app: Api): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Firebreak',
        version: '1',
        description:
          'Alerts come in, crises are run. Times are milliseconds since 1970; errors are RFC 9457 problem details.',
      },
      servers: [{ url: '/' }],
    },
    transform: createJsonSchemaTransform({ schemaRegistry: z.registry<{ id?: string }>() }),
  });
  app.get(
    '/api/openapi.json',
    {
      schema: {
        operationId: 'getOpenapi',
        summary: 'This description',
        tags: ['operation'],
        response: { 200: z.looseObject({ openapi: z.string() }) },
      },
    },
    () => app.swagger() as unknown as { openapi: string },
  );
};
