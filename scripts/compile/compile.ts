import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { whereItWas } from './whereItWas.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = `${root}dist`;

// A command then starts in half the time, and worker and API are a hundred megabytes smaller (docs/decisions/0015-compiled.md).
await rm(dist, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['scripts/firebreak.ts'],
  outdir: dist,
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
  plugins: [whereItWas(dist)],
});
