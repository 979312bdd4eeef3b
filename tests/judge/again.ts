import { readFile } from 'node:fs/promises';
import { faultsIn, judge } from './judge.js';
import { inWords, type Run } from './keeping.js';
import type { Observations } from './observations.js';

// `tsx tests/judge/again.ts <verdict.json>`: judges the kept observations of a run once more.
const file = process.argv[2] ?? '';
const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(name, 'utf8'));
const run = (await read(file)) as Run;
const verdict = judge((await read(file.replace(/\.json$/, '.observations.json'))) as Observations);
process.stdout.write(`${inWords(run, verdict)}\n`);
process.exitCode = Object.keys(faultsIn(verdict)).length > 0 ? 1 : 0;
