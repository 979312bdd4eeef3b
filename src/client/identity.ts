import { restrictedPrefix } from '../domain/crisisId.js';

export { crisisPrefix, crisisWorkflowId, drillPrefix, parseCrisisId } from '../domain/crisisId.js';

export const probeWorkflowId = (service: string): string => `probe:${service}`;
export const intakeWorkflowId = 'intake:record';
/** The same for what belongs to a restricted cause: encrypted by its id. */
export const restrictedIntakeWorkflowId = `${restrictedPrefix}intake`;

/** What one person is paged, over all crises. */
export const throttleWorkflowId = (person: string): string => `throttle:${person}`;

export const shardWorkflowId = (shard: string): string => `intake:${shard}`;

/** Readable and unique: `shop-20261123-k7q2m`. `random` is any text whose last characters differ from crisis to crisis. */
export const makeCrisisId = (correlationKey: string, now: Date, random: string): string =>
  `${correlationKey}-${now.toISOString().slice(0, 10).replaceAll('-', '')}-${random.slice(-5).toLowerCase()}`;

/** A key from a sender's own words, so that it can stand in an id and on a command line. */
export const slug = (words: string): string =>
  words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80) || 'unknown';
