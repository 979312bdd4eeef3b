import type { Finding } from './findings.js';
import type { Booked, CrisisSeen, Observations } from './observations.js';

/** Whether everything that was answered with 2xx is there, once, and nothing else. */
export const judgeRequests = ({ asked, crises, booked }: Observations): Finding[] => {
  const alerts = asked.filter(({ what }) => what === 'alert');
  const of = (cause: string): CrisisSeen[] => crises.filter((crisis) => crisis.cause === cause);
  const bookOf = ({ crisisId }: CrisisSeen): Booked | undefined => booked.find((book) => book.crisisId === crisisId);

  const missing = asked.flatMap(({ what, id, cause, takenAt }): Finding[] => {
    if (takenAt === undefined) return [];
    const ids = of(cause).flatMap(({ alertIds, commandIds }) => (what === 'alert' ? alertIds : commandIds));
    return ids.includes(id) ? [] : [{ fault: 'lost', what: `${what} ${id} was answered, and no history has it` }];
  });
  const foreign = crises.flatMap(({ alertIds, crisisId }) =>
    alertIds
      .filter((id) => !alerts.some((alert) => alert.id === id))
      .map((id): Finding => ({ fault: 'unexpected', what: `${crisisId} has an alert ${id} that nobody sent` })),
  );
  const miscounted = crises.flatMap((crisis): Finding[] => {
    const { crisisId, alertIds } = crisis;
    const counted = bookOf(crisis)?.alertCount;
    const what = `${crisisId} counts ${counted ?? 'no'} alerts, its history has ${alertIds.length}`;
    if (counted === undefined || counted < alertIds.length) return [{ fault: 'lost', what }];
    return counted > alertIds.length ? [{ fault: 'doubled', what }] : [];
  });
  const parted = [...new Set(alerts.map(({ cause }) => cause))].flatMap((cause): Finding[] =>
    of(cause).length > 1 ? [{ fault: 'doubled', what: `${cause} has ${of(cause).length} crises` }] : [],
  );
  return [...missing, ...foreign, ...miscounted, ...parted];
};
