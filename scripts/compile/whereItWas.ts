import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Plugin } from 'esbuild';

/** What a source finds beside itself it shall still find when it stands in a file of `folder`. */
export const whereItWas = (folder: string): Plugin => ({
  name: 'where it was',
  setup: (build) => {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const place = `new URL(${JSON.stringify(relative(folder, path))}, import.meta.url).href`;
      const text = await readFile(path, 'utf8');
      return { contents: text.replaceAll('import.meta.url', place), loader: 'ts' };
    });
  },
});
