/** Remembers the newest `kept` ids in the order in which they came, so that another run can go on with the same ones. */
export const createRemembered = (kept: number, ids: readonly string[]) => {
  const known = new Set(ids.slice(-kept));
  return {
    has: (id: string): boolean => known.has(id),
    add(id: string): void {
      known.add(id);
      const [oldest] = known;
      if (known.size > kept && oldest !== undefined) known.delete(oldest);
    },
    list: (): string[] => [...known],
  };
};
