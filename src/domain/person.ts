import { z } from 'zod';
import { ChannelName } from './delivery.js';
import { Role } from './role.js';

/** One way to reach somebody. `urgent` ones wake people; the others carry what can wait. */
export const Contact = z.strictObject({
  channel: ChannelName,
  to: z.string().min(1),
  urgent: z.boolean().default(true),
});
export type Contact = z.infer<typeof Contact>;

export const Person = z.strictObject({
  name: z.string().min(1),
  timeZone: z.string().default('UTC'),
  roles: z.array(Role).default([]),
  /** In the order in which they are tried. */
  contacts: z.array(Contact).min(1, 'a person needs at least one contact'),
});
export type Person = z.infer<typeof Person>;

/** Who is on call at one moment, and how to reach everyone a page may need. */
export type Roster = {
  asOf: number;
  primary: readonly string[];
  secondary: readonly string[];
  commander: readonly string[];
  rotation: readonly string[];
  people: Readonly<Record<string, Person>>;
};
