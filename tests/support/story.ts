import type { Alert } from '../../src/domain/alert.js';
import type { CommandInput, CommandName } from '../../src/domain/command.js';
import type { Crisis } from '../../src/domain/crisis.js';
import type { Delivery } from '../../src/domain/delivery.js';
import type { Event, EventOf, EventType } from '../../src/domain/event.js';
import { alertOf } from './plan.js';
import { settingsFor, type SettingsOptions } from './settings.js';
import type { Stand } from './stand.js';
import { until } from './until.js';

export type StoryOptions = Partial<SettingsOptions> & { service?: Record<string, unknown> };

/** A busy machine may take its time; no story is about speed. */
const limitMs = 30_000;

let stories = 0;

/** One story on a shared stand: a cause of its own, and the settings that it wants. */
export const beginStory = (stand: Stand, { service = {}, more = {}, ...options }: StoryOptions = {}) => {
  const key = `story-${process.pid}-${++stories}`;
  const shop = { name: 'Shop', team: 'checkout', correlationKey: key, slots: options.slots ?? {}, ...service };
  stand.configure(
    settingsFor({
      smtp: stand.smtpPort,
      ...options,
      // Several stories side by side are no region that goes down.
      more: { publicUrl: stand.apiUrl, services: { shop }, umbrella: { moreThan: 1_000 }, ...more },
    }),
  );

  const crisis = async (): Promise<Crisis> => (await stand.firebreak.view(key)).crisis;
  const events = async (): Promise<Event[]> => (await stand.firebreak.timeline(key)).map(({ event }) => event);
  const pages = async (): Promise<Delivery[]> =>
    Object.values((await crisis()).deliveries).filter(({ kind }) => kind === 'page');

  return {
    key,
    workflowId: `crisis:${key}`,
    handle: stand.client.workflow.getHandle(`crisis:${key}`),
    alert: (fields: Partial<Alert> = {}) => stand.firebreak.accept([alertOf({ receivedAt: Date.now(), ...fields })]),
    crisis,
    events,
    pages,
    eventsOf: async <Type extends EventType>(type: Type): Promise<EventOf<Type>[]> =>
      (await events()).filter((event): event is EventOf<Type> => event.type === type),
    /** The crisis, once it is as described. */
    when: (what: string, holds: (crisis: Crisis) => boolean): Promise<Crisis> =>
      until(
        what,
        async () => {
          const now = await crisis();
          return holds(now) ? now : undefined;
        },
        limitMs,
      ),
    /** A page to this person of which it is known what became of it. */
    pageTo: (person: string): Promise<Delivery> =>
      until(
        `a page to ${person}`,
        async () => (await pages()).find((page) => page.person === person && page.status !== 'intended'),
        limitMs,
      ),
    /** The mail of a page to this person. */
    mailTo: async (person: string) => {
      const { crisisId } = await until('the crisis', crisis);
      return stand.mailbox.waitFor(
        ({ to, text }) =>
          to.some(({ address }) => address === `${person}@example.com`) &&
          text.includes(crisisId) &&
          text.includes('/a/'),
        limitMs,
      );
    },
    command: <Name extends CommandName>(name: Name, input: CommandInput<Name>) =>
      stand.firebreak.command(key, name, input),
    /** What became of the crisis, once it is closed and archived. */
    archived: (crisisId: string) => until('the archive', () => stand.store.archived(crisisId), limitMs),
  };
};

export type Story = ReturnType<typeof beginStory>;
