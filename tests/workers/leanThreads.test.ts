import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { execa } from 'execa';

const lean = fileURLToPath(new URL('../../src/workers/leanThread.cjs', import.meta.url));
const run = async (code: string): Promise<string> =>
  (await execa(process.execPath, ['--require', lean, '--eval', code])).stdout;

test('a call into the sandbox is not watched, so that it starts no thread', async () => {
  const busy = 'const until = Date.now() + 50; while (Date.now() < until);';
  const code = `new vm.Script(${JSON.stringify(busy)}).runInContext(vm.createContext({ Date }), { timeout: 5 }); console.log('done')`;

  expect(await run(code)).toBe('done');
});

test('promises are not hooked on, and what is called off still knows its scope after waiting', async () => {
  const code = `
    let hooked = 0;
    v8.promiseHooks.createHook({ init: () => hooked++ });
    const scope = new async_hooks.AsyncLocalStorage();
    scope.run('page', async () => {
      await undefined;
      await new Promise(setImmediate);
      console.log(scope.getStore(), hooked);
    });`;

  expect(await run(code)).toBe('page 0');
});
