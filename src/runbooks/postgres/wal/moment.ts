import { spoken } from '../../../domain/duration.js';
import type { ArchivedWal } from './archive.js';
import type { BaseBackup } from './baseBackups.js';
import { layCopy, shown, type Copy } from './copy.js';
import type { Job } from '../operation.js';
import { BadBackup } from '../refusal.js';
import { clearScratch } from './scratch.js';
import { findNewestSound, type Seen } from './search.js';

/** A base backup tells the second in which it was begun. */
const toTheSecondMs = 1_000;

/** It was made after the damage, so that nothing since then is sound either. */
class HoldsDamage extends BadBackup {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

/** Copies of base backups, one at a time: entering another leaves the one before. */
type Past = { job: Job; enter: (base: BaseBackup) => Promise<Copy>; leave: () => Promise<void> };

const createPast = (job: Job, { binDir }: ArchivedWal): Past => {
  const archive = job.database.backups.wal?.archive ?? '';
  const verified = new Set<string>();
  let copy: Copy | undefined;
  const leave = async (): Promise<void> => {
    const left = copy;
    copy = undefined;
    await left?.leave();
  };
  return {
    job,
    leave,
    enter: async (base) => {
      await leave();
      copy = await layCopy(job, { base, binDir, archive, verified: verified.has(base.name) });
      verified.add(base.name);
      return copy;
    },
  };
};

const see = async (job: Job, copy: Copy, at: number): Promise<Seen> => {
  const came = await copy.goTo(at);
  if (came !== 'there') return came;
  const faults = await copy.faults();
  job.say(faults === undefined ? `sound at ${shown(at)}` : `damaged at ${shown(at)}: ${faults}`);
  return faults === undefined ? 'sound' : 'damaged';
};

/** From when on a base backup is whole and sound; throws where it is not. */
const soundFrom = async ({ base, goTo, hasDatabase, newest, faults }: Copy, name: string): Promise<number> => {
  if ((await goTo('consistent')) !== 'there') throw new BadBackup(`the WAL of ${base.name} itself is missing`);
  if (!(await hasDatabase())) throw new BadBackup(`"${name}" is not in ${base.name}`);
  const at = await newest();
  const found = await faults();
  if (found === undefined) return Math.max(base.at, at ?? 0);
  throw new HoldsDamage(`${base.name} holds the damage already: ${found}`, at ?? base.at + toTheSecondMs);
};

type Stand = { copy: Copy; /** In milliseconds since 1970. */ at: number };

/** Stands at the newest sound moment before `until`. */
const atNewestSound = async ({ job, enter }: Past, base: BaseBackup, until: number): Promise<Stand> => {
  const { name, backups } = job.database;
  let copy = await enter(base);
  const from = await soundFrom(copy, name);
  let fresh = true;
  const begin = async () => {
    if (!fresh) copy = await enter(base);
    fresh = false;
    return { goTo: (at: number) => see(job, copy, at) };
  };
  const at = await findNewestSound(begin, { from, to: until, preciseToMs: backups.wal?.preciseToMs ?? 1 });
  if (copy.at === at) return { copy, at };
  copy = await enter(base);
  await copy.goTo(at === from ? 'consistent' : at);
  return { copy, at };
};

const atNamed = async ({ enter }: Past, base: BaseBackup, moment: number): Promise<Stand> => {
  const copy = await enter(base);
  const came = await copy.goTo(moment);
  if (came === 'there') return { copy, at: moment };
  const last = came.lastAt === undefined ? '' : `, at ${shown(came.lastAt)}`;
  throw new BadBackup(`what is archived ends before ${shown(moment)}${last}`);
};

type Wanted = { until: number; /** Absent: it is looked for. */ moment: number | undefined };

/** Goes back to an older base backup where the newer one is damaged, or cannot be rolled forward. */
const stand = async (past: Past, bases: readonly BaseBackup[], { until, moment }: Wanted): Promise<Stand> => {
  const reasons: string[] = [];
  let damagedAt = until;
  for (const base of bases.filter(({ at }) => at < (moment ?? until))) {
    try {
      return await (moment === undefined ? atNewestSound(past, base, damagedAt) : atNamed(past, base, moment));
    } catch (error) {
      if (!(error instanceof BadBackup)) throw error;
      past.job.say(error.message);
      reasons.push(error.message);
      if (error instanceof HoldsDamage) damagedAt = Math.min(damagedAt, error.at);
    }
  }
  throw new BadBackup(reasons.join('; ').slice(0, 500) || 'no base backup is old enough');
};

/**
 * Lays out a base backup, rolls it forward to the newest sound moment before `until`, or to the `moment` that a person has
 * named, and hands it to `work` while it stands there. Everything that was laid out is gone afterwards.
 */
export const atMoment = async <T>(
  job: Job,
  wal: ArchivedWal,
  wanted: Wanted,
  work: (stand: Stand) => Promise<T>,
): Promise<T> => {
  await clearScratch(job, wal.binDir);
  const past = createPast(job, wal);
  try {
    const stands = await stand(past, wal.bases, wanted);
    job.say(`stands at ${shown(stands.at)}, ${spoken(wanted.until - stands.at)} before writes stopped`);
    return await work(stands);
  } finally {
    await past.leave();
  }
};
