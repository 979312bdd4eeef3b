import { readFile, writeFile } from 'node:fs/promises';
import { createApi } from '../../src/api/api.js';
import type { Firebreak } from '../../src/client/firebreak.js';
import { Settings } from '../../src/domain/settings.js';

// Writes docs/openapi.json from the routes themselves; with --check it only compares, and ends with 1 when they differ.
const file = new URL('../../docs/openapi.json', import.meta.url);

const unused = () => Promise.reject(new Error('the description is written without a server'));
const firebreak: Firebreak = {
  accept: unused,
  declare: unused,
  command: unused,
  view: unused,
  timeline: unused,
  running: unused,
  ping: unused,
};

const described = async (): Promise<string> => {
  const api = await createApi({
    firebreak,
    store: undefined,
    settings: () =>
      Settings.parse({ people: {}, schedules: {}, teams: {}, services: {}, defaultTeam: 'none', channels: {} }),
    links: { read: () => Promise.resolve({ fault: 'invalid' as const }) },
    verifySignature: () => 'not here',
    now: () => 0,
    newId: () => 'none',
  });
  const document = api.swagger();
  await api.close();
  return `${JSON.stringify(document, undefined, 2)}\n`;
};

const wanted = await described();
if (!process.argv.includes('--check')) await writeFile(file, wanted);
else if ((await readFile(file, 'utf8').catch(() => '')) !== wanted) {
  console.error('docs/openapi.json is not what the routes say; run: npx tsx scripts/checks/openapi.ts');
  process.exitCode = 1;
}
