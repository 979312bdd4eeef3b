import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { readOpenApi, type OpenApi } from './openapi.js';
import { merged, stepped } from './patching.js';
import { createThings, Refused, type Thing } from './things.js';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Formats of Kubernetes, which say more of a number or a text than a schema can check. */
const formats = Object.fromEntries(['int32', 'int64', 'double', 'byte', 'int-or-string'].map((name) => [name, true]));

const serverFor = (document: OpenApi) => {
  const app = fastify({
    ajv: {
      customOptions: {
        strict: false,
        removeAdditional: false,
        useDefaults: false,
        coerceTypes: false,
        formats: formats as Record<string, true>,
      },
    },
  });
  app.addSchema({ $id: 'kubernetes', components: document.components });
  app.removeContentTypeParser('application/json');
  // Patches and options come as media types of their own.
  app.addContentTypeParser(/^application\/.*json$/, { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : JSON.parse(String(body)));
    } catch (error) {
      done(error as Error);
    }
  });
  app.setErrorHandler((error, _request, reply) => {
    const { code, reason, message } =
      error instanceof Refused ? error : { code: 500, reason: 'InternalError', message: String(error) };
    return reply.code(code).send({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code });
  });
  return app;
};

const checkBody = (request: FastifyRequest, body: unknown, schema: string | undefined): void => {
  if (schema === undefined) return;
  const validate = request.compileValidationSchema({ $ref: `kubernetes#/components/schemas/${schema}` });
  if (!validate(body))
    throw new Refused(422, 'Invalid', `${schema}: ${JSON.stringify(validate.errors?.slice(0, 3) ?? [])}`);
};

const labelsIn = (query: unknown): [string, string][] => {
  const { labelSelector = '' } = query as { labelSelector?: string };
  return labelSelector.split(',').flatMap((pair) => {
    if (pair === '') return [];
    const [, key = '', value = ''] = /^([^=!, ]+)=([^=]*)$/.exec(pair) ?? [];
    if (key === '') throw new Refused(400, 'BadRequest', `only key=value is known here; got ${pair}`);
    return [[key, value]];
  });
};

/**
 * Speaks the API of a cluster where no real API server can be had: whatever the official OpenAPI has no path, parameter,
 * media type or field for is refused, and objects have versions, generations and a status of their own.
 */
export const startStandIn = async (token: string) => {
  const document = readOpenApi();
  const app = serverFor(document);
  const things = createThings();
  /** Every request that changed something or tried to. */
  const writes: string[] = [];
  /** The next so many changes with this text in their body are answered with this status, after they have been made. */
  const losing = { text: '', code: 500, times: 0 };

  const schemaOf = (path: string): string | undefined => {
    const collection = path.replace(/\/\{name\}.*$/, '');
    return document.paths[collection]?.post?.content?.['*/*'];
  };

  const changed = (request: FastifyRequest, path: string, before: Thing): Thing => {
    const type = String(request.headers['content-type']).split(';', 1)[0];
    const patched =
      type === 'application/json-patch+json'
        ? stepped(before, request.body as Parameters<typeof stepped>[1])
        : merged(before, request.body);
    checkBody(request, patched, schemaOf(path));
    return patched as Thing;
  };

  const answer = (method: Method, path: string, request: FastifyRequest): unknown => {
    const { name = '' } = request.params as { name?: string };
    const thing = (request.url.split('?', 1)[0] ?? '').replace(/\/status$/, '');
    const collection = name ? thing.slice(0, -name.length - 1) : thing;
    const part = path.endsWith('/status') ? 'status' : 'rest';
    const body = request.body as Thing;
    switch (method) {
      case 'get':
        if (name) return things.get(collection, name);
        return {
          apiVersion: 'v1',
          kind: 'List',
          metadata: {},
          items: things.list(collection, labelsIn(request.query)),
        };
      case 'post':
        return things.create(collection, body);
      case 'put':
        return things.replace(collection, name, body, part);
      case 'patch':
        return things.replace(collection, name, changed(request, path, things.get(collection, name)), part);
      case 'delete':
        things.remove(
          collection,
          name,
          (request.body as { preconditions?: { uid?: string } } | null)?.preconditions?.uid,
        );
        return { kind: 'Status', apiVersion: 'v1', status: 'Success' };
    }
  };

  const take = (method: Method, path: string) => (request: FastifyRequest, reply: FastifyReply) => {
    const operation = document.paths[path]?.[method];
    if (request.headers.authorization !== `Bearer ${token}`) throw new Refused(401, 'Unauthorized', 'Unauthorized');
    const unknown = Object.keys(request.query as object).find((name) => !operation?.query.includes(name));
    if (unknown !== undefined) throw new Refused(400, 'BadRequest', `there is no query parameter ${unknown}`);
    if (method !== 'get') writes.push(`${method.toUpperCase()} ${request.url.split('?', 1)[0] ?? ''}`);
    const type = String(request.headers['content-type']).split(';', 1)[0] ?? '';
    if (operation?.content && !operation.content['*/*'] && !operation.content[type])
      throw new Refused(415, 'UnsupportedMediaType', `the media type ${type} is not taken`);
    if (method !== 'patch' && method !== 'get') checkBody(request, request.body ?? {}, operation?.content?.['*/*']);
    const said = answer(method, path, request);
    if (method === 'patch' && losing.times > 0 && JSON.stringify(request.body).includes(losing.text)) {
      losing.times -= 1;
      throw new Refused(losing.code, 'InternalError', 'the answer was lost on its way');
    }
    return reply.code(method === 'post' ? 201 : 200).send(said);
  };

  for (const [path, item] of Object.entries(document.paths))
    for (const method of Object.keys(item) as Method[])
      app.route({ method: method.toUpperCase(), url: path.replace(/\{(\w+)\}/g, ':$1'), handler: take(method, path) });
  app.setNotFoundHandler(() => {
    throw new Refused(404, 'NotFound', 'the server could not find the requested resource');
  });
  const server = await app.listen({ host: '127.0.0.1', port: 0 });
  return { server, writes, losing, stop: () => app.close() };
};
