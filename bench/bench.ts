import { writeSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { Command, Option } from 'commander';
import { rowOf, type Row } from './figures.js';
import { layGround, type Ground } from './ground/ground.js';
import type { Bench, Measure } from './measure.js';
import { measures } from './measures/measures.js';
import { printed, shown } from './printing.js';
import { full, short } from './sizes.js';

type Options = { short?: true; json?: true; only?: string[] };

const load = (): string => `load ${loadavg()[0]?.toFixed(1) ?? '?'} on ${availableParallelism()} cores`;

/** A figure as it is told while the others are still being measured. */
const told = ({ unit, p50, p95, baseline, holds }: Row): string =>
  `${shown(p50)} ${unit} (p95 ${shown(p95)}, bare ${shown(baseline) || 'none'})${holds === false ? ', missed' : ''}`;

/** One measure on swept ground. What breaks is told and does not keep the others from being measured. */
const run = async ({ name, run: measure }: Measure, bench: Bench): Promise<Row[] | undefined> => {
  const before = load();
  bench.say(`${name} … (${before})`);
  try {
    return (await measure(bench)).map((figure) => {
      const row = rowOf(figure);
      bench.say(`  ${row.name}: ${told(row)}`);
      return { ...row, note: [row.note, before].filter(Boolean).join('; ') };
    });
  } catch (error) {
    bench.say(`${name} broke: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
};

const main = async (options: Options, rows: Row[]): Promise<number> => {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const sizes = options.short ? short : full;
  let laid: Promise<Ground> | undefined;
  const bench: Bench = {
    sizes,
    say,
    ground: async () => {
      const ground = await (laid ??= layGround(sizes, say));
      await ground.sweep();
      return ground;
    },
  };
  let broken = 0;
  try {
    for (const measure of measures.filter(({ name }) => options.only?.includes(name) ?? true)) {
      const found = await run(measure, bench);
      if (found) rows.push(...found);
      else broken++;
    }
  } finally {
    // Where it could not be laid, every measure has said so.
    await (await laid?.catch(() => undefined))?.stop();
  }
  return broken === 0 ? 0 : 1;
};

const only = new Option('--only <names...>', 'these measures').choices(measures.map(({ name }) => name));
const program = new Command('bench')
  .description('Measures Firebreak on real parts, each figure beside what the bare parts need.')
  .option('--short', 'fewer of everything, under three minutes')
  .option('--json', 'an array instead of a table')
  .addOption(only)
  .parse();
const rows: Row[] = [];
const print = (): void => {
  const text = program.opts<Options>().json ? JSON.stringify(rows, null, 2) : printed(rows);
  // At once, whatever it is written to: the process ends right after.
  writeSync(1, `${text}\n`);
};
// Ended from outside, it prints what it has, and the children that stand in our exit handlers end too.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    print();
    process.exit(1);
  });
process.exitCode = await main(program.opts<Options>(), rows);
print();
// The SDK's native runtime keeps a process alive that has nothing left to do.
process.exit();
