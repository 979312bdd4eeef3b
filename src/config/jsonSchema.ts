import { z } from 'zod';
import { Settings } from '../domain/settings.js';

type Written = z.core.JSONSchema.BaseSchema;

/** A value may come from the environment wherever a plain one may stand. */
const fromEnvironment = { type: 'string', pattern: '\\$\\{env:' } as const;
const mayComeFromEnvironment = ({ type, format }: Written): boolean =>
  type === 'number' || type === 'integer' || type === 'boolean' || format === 'uri';

/** The settings as a JSON Schema of what may be written in firebreak.yaml, for editors. */
export const settingsJsonSchema = (): Written => ({
  title: 'firebreak.yaml',
  ...z.toJSONSchema(Settings, {
    io: 'input',
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override({ jsonSchema }) {
      if (!mayComeFromEnvironment(jsonSchema)) return;
      const { default: byDefault, ...plain } = jsonSchema;
      for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
      Object.assign(jsonSchema, { anyOf: [plain, fromEnvironment] }, byDefault !== undefined && { default: byDefault });
    },
  }),
});
