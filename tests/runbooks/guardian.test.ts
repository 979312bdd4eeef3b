import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { guard } from '../../src/runbooks/guardian.js';
import { markOf } from '../../scripts/stack/process.js';
import { until } from '../support/until.js';

const owner = `
  import { spawn } from 'node:child_process';
  import { guard } from '${new URL('../../src/runbooks/guardian.ts', import.meta.url).href}';
  const { pid } = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  guard(pid);
  console.log(pid);
  setInterval(() => {}, 1000);
`;

test('what we guard ends when we are killed outright', async () => {
  const dying = execa(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', owner], { reject: false });
  let said = '';
  dying.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const pid = Number(await until('it tells its child', () => said.endsWith('\n') && said));
  await expect(markOf(pid)).resolves.toBeDefined();

  dying.kill('SIGKILL');

  await until('the child is gone', async () => (await markOf(pid)) === undefined);
});

test('a dismissed guardian harms nobody', async () => {
  const child = execa('sleep', ['600'], { reject: false });
  const guardian = guard(child.pid ?? 0);

  await guardian.dismiss();

  await expect(markOf(child.pid ?? 0)).resolves.toBeDefined();
  child.kill();
  await child;
});
