import swagger from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Api } from './parts.js';

type Document = ReturnType<typeof jsonSchemaTransformObject>;

/** Every named schema is written as it comes in and as it goes out; what no route points to is left out. */
const withoutUnused = (document: Document): Document => {
  if (!('openapi' in document)) return document;
  const pointers = JSON.stringify(document);
  const { components = {} } = document;
  const schemas = Object.fromEntries(
    Object.entries(components.schemas ?? {}).filter(([name]) => pointers.includes(`"#/components/schemas/${name}"`)),
  ) as NonNullable<typeof components.schemas>;
  return { ...document, components: { ...components, schemas } } as Document;
};

/** OpenAPI 3.1 from the routes themselves. Schemas that carry an id stand once, under that name. */
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
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'a key of `firebreak key create`; docs/authority.md' },
        },
      },
      // Without one as far as `access` of the configuration lets it.
      security: [{ key: [] }, {}],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document)),
  });
  app.get(
    '/api/openapi.json',
    {
      config: { needs: 'nothing' },
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
