import type { Sealed } from '../chain.js';
import type { EvidenceEntry, EvidenceNote, EvidenceSource } from '../evidence.js';
import { counted, oneLine } from './words.js';

/** A size as a person reads it: `812 bytes`, `1.4 MB`. Powers of a thousand. */
export const sizeCalled = (bytes: number): string => {
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length);
  return power === 0 ? counted(bytes, 'byte') : `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1] ?? ''}`;
};

/** Where a piece of evidence was taken from, in words. Paths and commands may be an attacker's and stay untrusted. */
export const sourceCalled = (source: EvidenceSource): string => {
  switch (source.kind) {
    case 'file':
      return `the file ${oneLine(source.path, 200)} on ${oneLine(source.host, 80)}`;
    case 'folder':
      return `the folder ${oneLine(source.path, 200)} on ${oneLine(source.host, 80)}`;
    case 'command':
      return `what ${oneLine([source.program, ...source.args].join(' '), 200)} printed on ${oneLine(source.host, 80)}`;
    case 'reference':
      return `kept elsewhere: ${oneLine(source.where, 200)}`;
  }
};

/** An entry in words, without its name. */
export const entryCalled = (entry: EvidenceEntry): string => {
  if (entry.type === 'handedOver')
    return `from ${oneLine(entry.from, 100)} to ${oneLine(entry.to, 100)}: ${oneLine(entry.why, 200)}`;
  const { source, parts, caveats } = entry;
  const [only, another] = parts;
  const size = sizeCalled(parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  const content =
    only === undefined
      ? ''
      : another === undefined
        ? `, ${size}, SHA-256 ${only.sha256.slice(0, 12)}…`
        : `, ${counted(parts.length, 'part')}, ${size}`;
  const warned = caveats.length > 0 ? ` (${oneLine(caveats.join(' '), 200)})` : '';
  return `${sourceCalled(source)}${content}${warned}`;
};

/** What the timeline will say of an entry. */
export const noteOf = ({ seq, hash, entry }: Sealed<EvidenceEntry>): EvidenceNote => ({
  did: entry.type,
  item: oneLine(entry.item, 300),
  seq,
  hash,
  said: oneLine(entryCalled(entry), 1000),
});
