/** So long at most does what can wait let pages go first; a page that takes longer waits for something itself. */
const yieldsForMs = 100;

/**
 * Pages go first in a worker. A crisis begins with a page, three messages and two programs in the same moment, and of what one
 * thread does with all of them somebody would wait for whom the first is meant.
 */
export const createPrecedence = () => {
  let pages = 0;
  const yielding = new Set<() => void>();

  const paging = async <Outcome>(page: () => Promise<Outcome>): Promise<Outcome> => {
    pages++;
    try {
      return await page();
    } finally {
      pages--;
      if (pages === 0) for (const goOn of yielding) goOn();
    }
  };

  const pagesGone = (): Promise<void> =>
    new Promise((resolve) => {
      const goOn = (): void => {
        clearTimeout(timer);
        yielding.delete(goOn);
        resolve();
      };
      const timer = setTimeout(goOn, yieldsForMs);
      yielding.add(goOn);
    });

  /** Anything else; it begins once no page is on its way in this worker. */
  const yieldingToPages = async <Outcome>(work: () => Promise<Outcome>): Promise<Outcome> => {
    if (pages > 0) await pagesGone();
    return work();
  };

  return { paging, yieldingToPages };
};
