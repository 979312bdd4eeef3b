import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { whereItWas } from '../../scripts/compile/whereItWas.js';

/**
 * Makes one JavaScript file of a program of ours, beside whose libraries it stands. A process loads it in a third of the
 * processor time, which counts where processes are killed faster than they load.
 */
const [, , program = '', outfile = ''] = process.argv;
const folder = dirname(resolve(outfile));
await mkdir(folder, { recursive: true });
await build({
  entryPoints: [fileURLToPath(new URL(program, import.meta.url))],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  plugins: [whereItWas(folder)],
});
