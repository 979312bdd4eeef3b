import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Operation = { query: string[]; content?: Record<string, string> };
type Schema = { properties?: Record<string, unknown>; additionalProperties?: unknown };

/** As much of the official OpenAPI as the tests use; `content` gives the schema of a body by its media type. */
export type OpenApi = {
  paths: Record<string, Partial<Record<'get' | 'post' | 'put' | 'patch' | 'delete', Operation>>>;
  components: { schemas: Record<string, Schema> };
};

/** The document as it is published, closed against fields that it does not know. */
export const readOpenApi = (): OpenApi => {
  const document = JSON.parse(readFileSync(join(import.meta.dirname, 'openapi.json'), 'utf8')) as OpenApi;
  for (const schema of Object.values(document.components.schemas))
    if (schema.properties && schema.additionalProperties === undefined) schema.additionalProperties = false;
  return document;
};
