/** Where Firebreak notes on a thing of the cluster what it has done to it. */
export const markNames = {
  rolledBack: 'firebreak/rolled-back',
  scaled: 'firebreak/scaled',
  cordoned: 'firebreak/cordoned',
  isolated: 'firebreak/isolated',
} as const;

type Annotations = Readonly<Record<string, string>> | undefined;

/** What a mark says, or undefined where it is absent or not of our making. */
export const markOf = <Mark extends Record<string, unknown>>(
  annotations: Annotations,
  name: string,
  isMark: (found: Record<string, unknown>) => found is Mark,
): Mark | undefined => {
  try {
    const found: unknown = JSON.parse(annotations?.[name] ?? 'null');
    const record = typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : undefined;
    return record && isMark(record) ? record : undefined;
  } catch {
    return undefined;
  }
};

export const isOurs = (name: string): boolean => Object.values<string>(markNames).includes(name);
