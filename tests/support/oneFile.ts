import { mkdir, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

/** What a source finds beside itself it shall still find when it stands in another file. */
const whereItWas: Plugin = {
  name: 'where it was',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)), loader: 'ts' };
    });
  },
};

/**
 * Makes one JavaScript file of a program of ours, beside whose libraries it stands. A process loads it in a third of the
 * processor time, which counts where processes are killed faster than they load.
 */
const [, , program = '', outfile = ''] = process.argv;
await mkdir(dirname(resolve(outfile)), { recursive: true });
await build({
  entryPoints: [fileURLToPath(new URL(program, import.meta.url))],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  plugins: [whereItWas],
});
