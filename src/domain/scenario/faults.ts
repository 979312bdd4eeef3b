import type { ChannelName } from '../delivery.js';
import type { MomentOf, Scenario } from '../scenario.js';

const inForce = <Key extends Parameters<typeof isOf>[1]>({ at }: Scenario, key: Key, offsetMs: number) =>
  at.filter((moment): moment is MomentOf<Key> => isOf(moment, key) && moment.after <= offsetMs);

const isOf = (moment: Scenario['at'][number], key: 'actionResult' | 'channelFails' | 'processDies'): boolean =>
  key in moment;

/** What the scenario says of an action at this moment: the newest word holds. Undefined: it says nothing. */
export const scriptedResult = (scenario: Scenario, actionId: string, offsetMs: number) =>
  inForce(scenario, 'actionResult', offsetMs)
    .filter(({ actionResult }) => actionResult.action === actionId)
    .toSorted((a, b) => a.after - b.after)
    .at(-1)?.actionResult;

/** Why nothing goes out to this person by this channel at this moment; undefined when it does. */
export const channelFault = (
  scenario: Scenario,
  { channel, person }: { channel: ChannelName; person?: string },
  offsetMs: number,
): string | undefined => {
  const fault = inForce(scenario, 'channelFails', offsetMs).find(
    ({ after, channelFails: fails }) =>
      offsetMs < after + (fails.forMs ?? Infinity) &&
      (fails.channel === undefined || fails.channel === channel) &&
      (fails.person === undefined || fails.person === person),
  );
  if (!fault) return undefined;
  const { channel: named, person: whom } = fault.channelFails;
  return `the scenario lets ${[named, whom].filter((part) => part !== undefined).join(' to ')} fail`;
};

/** When the worker is away, as offsets from the start, in order. */
export const absencesOf = ({ at }: Scenario): { fromMs: number; untilMs: number }[] =>
  at
    .flatMap((moment) =>
      'processDies' in moment ? [{ fromMs: moment.after, untilMs: moment.after + moment.backAfterMs }] : [],
    )
    .sort((a, b) => a.fromMs - b.fromMs);
