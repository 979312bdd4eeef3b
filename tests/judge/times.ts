import type { Finding } from './findings.js';
import { grouped } from './grouped.js';
import type { CrisisSeen, Limits, Observations, PageSeen, Receipt } from './observations.js';

type Came = { page: PageSeen; step: number; first: Receipt; all: readonly Receipt[] };

/** `<crisis>/response/r1/s2/ana/email`: the third step. */
const stepOf = (key: string): number => Number(/\/s(\d+)\//.exec(key)?.[1] ?? NaN);

const cameIn = ({ pages }: CrisisSeen, received: ReadonlyMap<string, Receipt[]>, ids: Observations['ids']): Came[] =>
  pages.flatMap((page) => {
    const all = (received.get(ids[page.key] ?? page.key) ?? []).toSorted((a, b) => a.at - b.at);
    return all[0] ? [{ page, step: stepOf(page.key), first: all[0], all }] : [];
  });

const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** Every step that fell due while nobody had answered has called somebody, or a later one has in its place, in time. */
const uncalled = (crisis: CrisisSeen, came: readonly Came[], seen: Observations, limits: Limits): Finding[] => {
  const answers = seen.asked.filter(({ what, cause }) => what === 'acknowledge' && cause === crisis.cause);
  const until = Math.min(seen.endedAt - limits.lateMs, ...answers.map(({ sentAt }) => sentAt));
  return seen.promised.steps.flatMap(({ afterMs }, step): Finding[] => {
    const dueAt = crisis.beganAt + afterMs;
    // Just before the answer either may have been first.
    if (dueAt >= until - limits.lateMs || came.some((each) => each.step >= step)) return [];
    return [{ fault: 'lost', what: `${crisis.crisisId}: step ${step} called nobody, nor did a later one` }];
  });
};

/** Where the step before has failed, or nobody can say whether it did, the next one is not waited for. */
const followsFailure = ({ pages }: CrisisSeen, { page, step }: Came): boolean => {
  const before = pages.filter(({ key }) => stepOf(key) === step - 1);
  const reachedNobody = before.every(({ outcome }) => outcome === 'failed' || outcome === 'uncertain');
  return before.length > 0 && reachedNobody && before.every(({ decidedAt }) => decidedAt <= page.decidedAt);
};

const untimely = (crisis: CrisisSeen, came: Came, { promised }: Observations, limits: Limits) => {
  const { page, step, first } = came;
  const lateMs = first.at - (crisis.beganAt + (promised.steps[step]?.afterMs ?? 0));
  const findings: Finding[] = [];
  if (lateMs < -limits.clockMs && !followsFailure(crisis, came))
    findings.push({ fault: 'early', what: `${page.key} came ${inSeconds(-lateMs)} early` });
  if (lateMs > limits.lateMs) findings.push({ fault: 'late', what: `${page.key} came ${inSeconds(lateMs)} late` });
  return { lateMs, findings };
};

const afterAnswer = (
  { cause }: CrisisSeen,
  { page, all }: Came,
  { asked }: Observations,
  limits: Limits,
): Finding[] => {
  const taken = asked.filter((each) => each.what === 'acknowledge' && each.cause === cause);
  const answeredAt = Math.min(...taken.map(({ takenAt }) => takenAt ?? Infinity));
  return all
    .filter(({ at }) => at > answeredAt + limits.inFlightMs)
    .map(({ at }) => ({
      fault: 'afterAcknowledgement',
      what: `${page.key} began ${inSeconds(at - answeredAt)} after the answer to the acknowledgement`,
    }));
};

const misdirected = ({ page, step, all }: Came, { promised }: Observations): Finding[] => {
  const wrong = (what: string): Finding => ({ fault: 'wrongPerson', what: `${page.key}: ${what}` });
  const people = promised.steps[step]?.people ?? [];
  const address = promised.addresses[page.person];
  return [
    ...(people.includes(page.person) ? [] : [wrong(`step ${step} is for ${people.join(', ') || 'nobody'}`)]),
    ...all.filter(({ to }) => to !== address).map(({ to }) => wrong(`went to ${to} instead of ${address ?? '?'}`)),
  ];
};

/** When each page came, held against the run's own rota and the answers of people. */
export const judgeTimes = (seen: Observations, limits: Limits) => {
  const received = grouped(seen.receipts, ({ id }) => id);
  const findings: Finding[] = [];
  const latenesses: number[] = [];
  let passedOver = 0;
  for (const crisis of seen.crises) {
    const came = cameIn(crisis, received, seen.ids);
    const steps = new Set(came.map(({ step }) => step));
    passedOver += steps.size === 0 ? 0 : Math.max(...steps) + 1 - steps.size;
    findings.push(...uncalled(crisis, came, seen, limits));
    for (const each of came) {
      const { lateMs, findings: timely } = untimely(crisis, each, seen, limits);
      latenesses.push(lateMs);
      findings.push(...timely, ...afterAnswer(crisis, each, seen, limits), ...misdirected(each, seen));
    }
  }
  return { findings, latenesses, passedOver };
};
