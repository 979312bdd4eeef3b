/** Where Firebreak notes on a thing of the cluster what it has done to it. */
export const markNames = {
  rolledBack: 'firebreak/rolled-back',
  scaled: 'firebreak/scaled',
  cordoned: 'firebreak/cordoned',
  isolated: 'firebreak/isolated',
} as const;

/** By which run something was done. */
export type Mark = { by: string };

type Annotations = Readonly<Record<string, string>> | undefined;
type Found = Record<string, unknown>;

const read = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? 'null') as unknown;
  } catch {
    return undefined;
  }
};

export const hasBy = (found: Found): found is Mark => typeof found['by'] === 'string';

/** What a mark says, or undefined where it is absent or not of our making. */
export const markOf = <Made extends Mark>(
  annotations: Annotations,
  name: string,
  isMade: (found: Found) => found is Made,
): Made | undefined => {
  const found = read(annotations?.[name]);
  if (typeof found !== 'object' || found === null) return undefined;
  const fields = found as Found;
  return isMade(fields) ? fields : undefined;
};

export const isOurs = (name: string): boolean => Object.values<string>(markNames).includes(name);

/** The crisis whose run it was: every key of a run begins with its id. */
export const crisisOf = (key: string): string => key.split('/')[0] ?? key;

/** Whether a run of the same crisis has made the mark. Another one’s work is not taken for this one’s, nor taken back by it. */
export const isOfCrisis = ({ by }: Mark, key: string): boolean => crisisOf(by) === crisisOf(key);
