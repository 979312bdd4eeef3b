import type { Finding } from './findings.js';
import { grouped } from './grouped.js';
import type { Booked, CrisisSeen, Observations, PageSeen, Receipt } from './observations.js';

export type Repeats = { folded: number; labelled: number };

const notSent: readonly string[] = ['failed', 'cancelled'];

/** A page that the crisis takes for sent, of which nothing came; or of which nobody knows what became. */
const lostOf = ({ key, outcome }: PageSeen, status: string | undefined, receipts: readonly Receipt[]): Finding[] => {
  const lost = (what: string): Finding[] => [{ fault: 'lost', what: `${key}: ${what}` }];
  if (outcome === 'open') return lost('nobody knows what became of it');
  if (status === undefined) return lost('the ledger has no row of it');
  if (receipts.length > 0) return [];
  return outcome === 'sent' || status === 'sent' ? lost(`sent by the ${status} row, and never received`) : [];
};

/** What came although the ledger says that it did not go out. */
const deniedOf = ({ key }: PageSeen, status: string | undefined, receipts: readonly Receipt[]): Finding[] =>
  receipts.length > 0 && status !== undefined && notSent.includes(status)
    ? [{ fault: 'unexpected', what: `${key} was received, and the ledger says ${status}` }]
    : [];

/** A webhook folds what comes under one id; a mail that comes again has to say so, as its Message-ID only helps a machine. */
const doubledOf = ({ key }: PageSeen, receipts: readonly Receipt[]): Finding[] => {
  const plain = receipts.filter(({ sink, marked }) => sink === 'mail' && !marked);
  return plain.length > 1 ? [{ fault: 'doubled', what: `${key} came ${plain.length} times without a word` }] : [];
};

/** The same step, person and address twice, under two keys. */
const decidedTwice = ({ pages }: CrisisSeen): Finding[] => {
  const seen = new Set<string>();
  return pages.flatMap(({ key }): Finding[] => {
    const plain = key.replace(/-\d+$/, '');
    const again = seen.has(plain);
    seen.add(plain);
    return again ? [{ fault: 'doubled', what: `${plain} was decided twice` }] : [];
  });
};

/** Compares what the crises and the ledger say of their pages with what the receivers have, which is the truth. */
export const judgePages = ({ crises, booked, receipts, ids }: Observations): Finding[] => {
  const statuses = new Map(booked.flatMap(({ rows }: Booked) => rows.map(({ key, status }) => [key, status] as const)));
  const received = grouped(receipts, ({ id }) => id);
  const known = new Set(crises.flatMap(({ pages }) => pages.map(({ key }) => ids[key] ?? key)));
  const ofPages = crises.flatMap((crisis) => [
    ...decidedTwice(crisis),
    ...crisis.pages.flatMap((page) => {
      const came = received.get(ids[page.key] ?? page.key) ?? [];
      const status = statuses.get(page.key);
      return [...lostOf(page, status, came), ...deniedOf(page, status, came), ...doubledOf(page, came)];
    }),
  ]);
  const foreign = receipts
    .filter(({ id }) => !known.has(id))
    .map(({ id, to }): Finding => ({ fault: 'unexpected', what: `${to} received ${id}, which no crisis has sent` }));
  return [...ofPages, ...foreign];
};

/** How many messages came again, and how it could be told: by the receiver's folding, or by their own words. */
export const repeatsIn = (receipts: readonly Receipt[]): Repeats => {
  const again = [...grouped(receipts, ({ id }) => id).values()].flatMap((each) => each.slice(1));
  const folded = again.filter(({ sink }) => sink === 'webhook').length;
  return { folded, labelled: again.length - folded };
};
