import type { ActionResult, CollectAction, ParameterValues } from '../domain/action.js';
import { noteOf } from '../domain/describe/evidence.js';
import { counted, oneLine } from '../domain/describe/words.js';
import type { EvidenceNote } from '../domain/evidence.js';
import { checkParameters } from '../domain/parameters.js';
import { fill, placeholderFaults } from '../domain/placeholders.js';
import type { ActionKind } from '../runbooks/kind.js';
import type { CollectOrder } from './collecting.js';
import type { EvidenceRoom } from './room.js';

type Piece = CollectAction['take'][number];

const sourceOf = (piece: Piece, values: ParameterValues): CollectOrder['from'] => {
  if ('path' in piece) return { kind: 'path', path: fill(piece.path, values) };
  if ('reference' in piece) return { kind: 'reference', where: fill(piece.reference, values) };
  const [program = '', ...args] = piece.argv.map((argument) => fill(argument, values));
  return { kind: 'command', program, args, timeoutMs: piece.timeoutMs };
};

const wordsOf = (error: unknown): string => oneLine(error instanceof Error ? error.message : String(error), 300);

type Outcome = { notes: EvidenceNote[]; faults: string[] };

const summaryOf = ({ notes, faults }: Outcome): string =>
  oneLine(
    `${counted(notes.length, 'piece')} of evidence collected${faults.length > 0 ? `; not ${faults.join('; ')}` : ''}`,
    600,
  );

const outputOf = ({ notes, faults }: Outcome): string =>
  [...notes.map(({ item, said }) => `${item}: ${said}`), ...faults.map((line) => `not collected: ${line}`)]
    .join('\n')
    .slice(0, 8_000);

/**
 * Collects what an action names into the crisis's evidence. One piece that cannot be had keeps none of the others from being
 * collected; the action has failed then, and says which. Run again under its key, it goes on where it stopped.
 */
export const createCollectKind = (
  { collect }: Pick<EvidenceRoom, 'collect'>,
  now: () => number,
): ActionKind<'collect'> => ({
  kind: 'collect',
  async run(action, parameters, { key, on, signal, progress }): Promise<ActionResult> {
    const startedAt = now();
    const checked = checkParameters(action.parameters, parameters);
    const fault = 'fault' in checked ? checked.fault : placeholderFaults(action)[0];
    if (fault !== undefined || !on || 'fault' in checked) {
      const summary = fault ?? 'evidence belongs to a crisis, and there is none';
      return { status: 'failed', summary, output: '', startedAt, endedAt: now() };
    }
    const method = `${oneLine(action.title, 200)}; authority: ${oneLine(on.authority, 200)}`;
    // What a later run collects is another piece, so each run has names of its own.
    const run = key.split('/').slice(-2).join('-');
    const outcome: Outcome = { notes: [], faults: [] };
    for (const piece of action.take) {
      const item = `${run}/${piece.item}`;
      const from = sourceOf(piece, checked.values);
      try {
        signal.throwIfAborted();
        const sealed = await collect({ crisisId: on.crisisId, item, by: 'firebreak', method, from }, signal);
        outcome.notes.push(noteOf(sealed));
        progress(`collected ${piece.item}`);
      } catch (error) {
        outcome.faults.push(`${piece.item}: ${wordsOf(error)}`);
      }
    }
    return {
      status: outcome.faults.length > 0 ? 'failed' : 'succeeded',
      summary: summaryOf(outcome),
      output: outputOf(outcome),
      startedAt,
      endedAt: now(),
      ...(outcome.notes.length > 0 && { evidence: outcome.notes }),
    };
  },
});
