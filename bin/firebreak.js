#!/usr/bin/env node
import { pathToFileURL } from 'node:url';
import { compiled } from './compiled.js';

const program = compiled();
if (program === undefined) {
  const { register } = await import('tsx/esm/api');
  register();
  await import('../scripts/firebreak.ts');
} else {
  // The libraries load a few of our sources by their path.
  const { register } = await import('tsx/cjs/api');
  register();
  await import(pathToFileURL(program).href);
}
