import { sizeCalled } from '../../../src/domain/describe/evidence.js';
import { counted } from '../../../src/domain/describe/words.js';
import { NoBundle, verifyBundle } from '../../../src/evidence/bundle.js';
import { faultsInWords } from '../../../src/evidence/exporting.js';
import type { EvidenceVerdict } from '../../client/api.js';
import { failed, misused } from '../../output/fault.js';
import { colours, print, printJson } from '../../output/terminal.js';
import { apiOf, type ApiOptions } from '../options.js';

type Found = Omit<EvidenceVerdict, 'anchors' | 'last'> & Partial<Pick<EvidenceVerdict, 'anchors' | 'last'>>;

const bundled = async (path: string): Promise<Found> => {
  const verdict = await verifyBundle(path).catch((error: unknown) => {
    throw error instanceof NoBundle ? failed(error.message) : error;
  });
  return { ...verdict, faults: faultsInWords(verdict) };
};

/** Ends with 1 when a byte or an entry is not as it was, and says which. */
export const verify = async (
  crisis: string | undefined,
  { bundle, ...options }: ApiOptions & { bundle?: string },
): Promise<void> => {
  if ((crisis === undefined) === (bundle === undefined))
    throw misused('say what to verify: a crisis, or --bundle <path>');
  const found = bundle === undefined ? await apiOf(options).verifyEvidence(crisis ?? '') : await bundled(bundle);
  const { crisisId, entries, contents, bytes, anchors, last, faults } = found;
  if (faults.length > 0)
    throw failed([`The evidence of ${crisisId} is not as it was:`, ...faults.map((each) => `  ${each}`)].join('\n'), {
      ...found,
    });
  if (options.json) {
    printJson(found);
    return;
  }
  const vouched = anchors === undefined ? '' : `; the timeline vouches for ${anchors} of them`;
  print(
    `${colours.green('✔')} The evidence of ${crisisId} holds: ${counted(entries, 'entry', 'entries')} sealed each over the one before${vouched}, ${counted(contents, 'content')} (${sizeCalled(bytes)}) read again, not a byte changed.`,
  );
  if (last) print(`The last entry is ${last.seq}:${last.hash}`);
};
