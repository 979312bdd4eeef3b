/** So many refusals a minute are noted; a flood of them must not fill the audit. */
const notedPerMinute = 60;

/** Whether another one may be noted in this minute. */
export const createBudget = (now: () => number): (() => boolean) => {
  let [minute, spent] = [0, 0];
  return () => {
    const current = Math.floor(now() / 60_000);
    if (current !== minute) [minute, spent] = [current, 0];
    return ++spent <= notedPerMinute;
  };
};
