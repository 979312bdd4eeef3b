import pc from 'picocolors';
import type { Mail } from '../stack/mailbox/mail.js';
import { describe } from '../../src/domain/describe/describe.js';
import type { Names } from '../../src/domain/describe/words.js';
import type { Event } from '../../src/domain/event.js';

/** Tells the story as it happens: for people in lines with times, for programs one JSON object a line. */
export type Narrator = {
  scene: (text: string) => void;
  event: (seq: number, event: Event, names: Names) => void;
  mail: (mail: Mail) => void;
  say: (text: string) => void;
};

const marks: Partial<Record<Event['type'], (text: string) => string>> = {
  declared: pc.red,
  paged: pc.yellow,
  stepTaken: pc.yellow,
  acknowledged: pc.green,
  mitigated: pc.green,
  resolved: pc.green,
  closed: pc.green,
  regressed: pc.red,
  phaseBudgetEnded: pc.red,
  phaseEntered: pc.cyan,
};

/** What a reader of the story can do without; the timeline has it. */
const quiet: ReadonlySet<Event['type']> = new Set([
  'lookUpBegan',
  'rosterSeen',
  'updatePromised',
  'engagementOpened',
  'alertsCleared',
  'taskDone',
]);

const offset = (sinceMs: number): string => `+${(sinceMs / 1000).toFixed(1).padStart(5)}s`;

export const createNarrator = (json: boolean, startedAt: number): Narrator => {
  const print = (line: object, text: string, at = Date.now()): void =>
    void process.stdout.write(
      json
        ? `${JSON.stringify({ at: new Date(at).toISOString(), ...line })}\n`
        : `${pc.dim(offset(at - startedAt))}  ${text}\n`,
    );
  return {
    scene: (text) => {
      if (!json) process.stdout.write('\n');
      print({ kind: 'scene', text }, pc.bold(text));
    },
    event: (seq, event, names) => {
      if (!json && quiet.has(event.type)) return;
      print(
        { kind: 'event', seq, event },
        `  ${(marks[event.type] ?? ((text) => text))(describe(event, names))}`,
        event.at,
      );
    },
    mail: ({ to, subject, receivedAt }) => {
      const addresses = to.map(({ address }) => address);
      print(
        { kind: 'mail', to: addresses, subject },
        `  ${pc.magenta('✉')} ${pc.dim(`${addresses.join(', ')}:`)} ${subject}`,
        receivedAt.getTime(),
      );
    },
    say: (text) => print({ kind: 'say', text }, `  ${text}`),
  };
};
