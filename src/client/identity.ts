/** The one maker of workflow ids. `crisis:<key>` is the mutex of a cause: the server refuses a second running crisis for it. */
export const crisisWorkflowId = (correlationKey: string): string => `crisis:${correlationKey}`;
export const probeWorkflowId = (service: string): string => `probe:${service}`;
export const intakeWorkflowId = 'intake:record';

const tail = /-\d{8}-[0-9a-z]{5}$/;

/** Readable and unique: `shop-20261123-k7q2m`. `random` is any text whose last characters differ from crisis to crisis. */
export const makeCrisisId = (correlationKey: string, now: Date, random: string): string =>
  `${correlationKey}-${now.toISOString().slice(0, 10).replaceAll('-', '')}-${random.slice(-5).toLowerCase()}`;

/** The cause that a crisisId or a correlation key stands for, and the crisisId where one was given. */
export const parseCrisisId = (idOrKey: string): { correlationKey: string; crisisId?: string } =>
  tail.test(idOrKey) ? { correlationKey: idOrKey.replace(tail, ''), crisisId: idOrKey } : { correlationKey: idOrKey };

/** A key from a sender's own words, so that it can stand in an id and on a command line. */
export const slug = (words: string): string =>
  words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80) || 'unknown';
