import { mkdir } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { whereItWas } from '../../scripts/compile/whereItWas.js';

/** They find files of their own beside themselves, or load much more than is used. */
const apart = ['@temporalio/*', '@electric-sql/*', 'twilio', 'pg-native'];

/**
 * Makes one JavaScript file of a program of ours and the libraries it begins with; what it may load later lies beside it. A
 * process loads it in a fraction of the processor time, which counts where processes are killed faster than they load.
 */
const [, , program = '', outfile = ''] = process.argv;
const folder = dirname(resolve(outfile));
await mkdir(folder, { recursive: true });
await build({
  entryPoints: [{ in: fileURLToPath(new URL(program, import.meta.url)), out: basename(outfile, '.mjs') }],
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  external: apart,
  // Libraries in CommonJS ask for Node's own modules by it.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  plugins: [whereItWas(folder)],
});
