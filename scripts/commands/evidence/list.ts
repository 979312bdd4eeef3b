import { entryCalled } from '../../../src/domain/describe/evidence.js';
import { oneLine } from '../../../src/domain/describe/words.js';
import type { Sealed } from '../../../src/domain/chain.js';
import { EvidenceEntry } from '../../../src/domain/evidence.js';
import { table } from '../../output/table.js';
import { print, printJson } from '../../output/terminal.js';
import { apiOf, type ApiOptions } from '../options.js';

/** What somebody has written over may make no sense; which entries that are, verifying says. */
const rowOf = ({ seq, entry }: Sealed<EvidenceEntry>): string[] => {
  const { data } = EvidenceEntry.safeParse(entry);
  if (!data) return [String(seq), '', 'unreadable', '', '', 'npx firebreak evidence verify says more'];
  return [
    String(seq),
    new Date(data.at).toISOString().slice(0, 19).replace('T', ' '),
    data.type === 'collected' ? 'collected' : 'handed over',
    oneLine(data.item, 60),
    oneLine(data.by, 30),
    entryCalled(data),
  ];
};

/** The chain of custody, as a person reads it. */
export const list = async (crisis: string, options: ApiOptions): Promise<void> => {
  const { crisisId, entries } = await apiOf(options).evidence(crisis);
  if (options.json) printJson({ crisisId, entries });
  else if (entries.length === 0) print(`There is no evidence of ${crisisId}.`);
  else print(table(['NO', 'WHEN (UTC)', 'WHAT', 'PIECE', 'BY', 'OF'], entries.map(rowOf)));
};
