import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { settingsJsonSchema } from '../../src/config/jsonSchema.js';

/** Writes the JSON Schema of firebreak.yaml for editors; with `--check` only says whether the written one is still right. */
const file = fileURLToPath(new URL('../../schema/firebreak.schema.json', import.meta.url));
const name = relative(process.cwd(), file);
const wanted = `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`;
const written = existsSync(file) ? readFileSync(file, 'utf8') : undefined;

if (!process.argv.includes('--check')) {
  writeFileSync(file, wanted);
} else if (written === undefined || JSON.stringify(JSON.parse(written)) !== JSON.stringify(JSON.parse(wanted))) {
  console.error(`${name} is not what src/domain/settings.ts says; run: npx tsx scripts/checks/jsonSchema.ts`);
  process.exitCode = 1;
}
