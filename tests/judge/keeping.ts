import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Verdict } from './judge.js';
import { faultNames } from './findings.js';
import type { Observations } from './observations.js';

/** A run by name, with what repeats it and under what it was measured. */
export type Run = { run: string; seed: number; conditions: Readonly<Record<string, string | number>> };

const folder = (): string => process.env['FIREBREAK_VERDICTS'] ?? join('.firebreak', 'verdicts');

const inPercent = (part: number): string => `${(part * 100).toPrecision(2)} %`;

/** The verdict in words: what was found, and how much finding nothing says. */
export const inWords = ({ run, seed, conditions }: Run, verdict: Verdict): string => {
  const { faults, trials, atMost, repeats, passedOver, latenessMs } = verdict;
  const counts = faultNames.map((name) => `${name} ${faults[name].count}`).join(', ');
  const examples = faultNames.flatMap((name) => faults[name].examples.map((example) => `  ${name}: ${example}`));
  return [
    `${run} (seed ${seed}; ${Object.entries(conditions)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')})`,
    `  ${counts}; of ${trials.taken} answered requests and ${trials.pages} pages`,
    `  0 in ${trials.pages} shows at most 3/${trials.pages} = ${inPercent(atMost)} at 95 %`,
    `  repeats: ${repeats.folded} folded by their receiver, ${repeats.labelled} by mail and labelled; ${passedOver} steps passed over`,
    `  late by ${latenessMs.p50} ms at the median, ${latenessMs.p95} at p95, ${latenessMs.max} at most`,
    ...examples,
  ].join('\n');
};

/** Prints the verdict and keeps it, with all that it was made from, so that it can be judged again. */
export const keepVerdict = async (run: Run, verdict: Verdict, seen: Observations): Promise<void> => {
  process.stderr.write(`${inWords(run, verdict)}\n`);
  await mkdir(folder(), { recursive: true });
  const file = join(folder(), `${run.run.replaceAll(' ', '-')}-${run.seed}`);
  await writeFile(`${file}.json`, `${JSON.stringify({ ...run, at: new Date().toISOString(), ...verdict }, null, 2)}\n`);
  await writeFile(`${file}.observations.json`, JSON.stringify(seen));
};
