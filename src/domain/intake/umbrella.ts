import type { Alert } from '../alert.js';
import type { Settings } from '../settings.js';
import { correlationKinds, type Umbrella } from './configured.js';

/** Why causes may belong together. */
export type Correlation = { kind: (typeof correlationKinds)[number]; value: string };

const prefix = 'umbrella:';
const plain = (value: string): string => value.toLowerCase().replace(/[^a-z0-9_.]+/g, '-');

/** The correlation key of the crisis that holds causes with this in common. */
export const umbrellaKey = ({ kind, value }: Correlation): string => `${prefix}${kind}-${plain(value)}`.slice(0, 150);

/** What an umbrella's causes have in common; undefined for the key of any other crisis. */
export const correlationOf = (key: string): Correlation | undefined => {
  if (!key.startsWith(prefix)) return undefined;
  const kind = correlationKinds.find((one) => key.startsWith(`${prefix}${one}-`));
  return kind && { kind, value: key.slice(prefix.length + kind.length + 1) };
};

/** Everything that a new cause could have in common with others: its regions, what it depends on, who owns it. */
export const correlationsOf = (
  { labels, facts, service }: Alert,
  { umbrella, services, defaultTeam }: Pick<Settings, 'umbrella' | 'services' | 'defaultTeam'>,
): Correlation[] => {
  const known = service === undefined ? undefined : services[service];
  const values: Record<Correlation['kind'], readonly string[]> = {
    region: [...umbrella.regionLabels.flatMap((label) => labels[label] ?? []), ...(facts.regions ?? [])],
    dependency: known && service !== undefined ? [...known.dependsOn, service] : [],
    owner: [known?.team ?? defaultTeam],
  };
  return umbrella.by.flatMap((kind) => [...new Set(values[kind].map(plain))].map((value) => ({ kind, value })));
};

/**
 * Counts new causes by what they have in common. `add` answers with the correlation that more of them share than the rule
 * allows, the most telling one first, and with the causes that came before. Times are milliseconds since 1970.
 */
export const createGathering = () => {
  const seen = new Map<string, Map<string, number>>();

  const countOf = (key: string, cause: string, at: number, withinMs: number): number => {
    const causes = seen.get(key) ?? new Map<string, number>();
    seen.set(key, causes);
    for (const [old, since] of causes) {
      if (since > at - withinMs) break;
      causes.delete(old);
    }
    if (!causes.has(cause)) causes.set(cause, at);
    return causes.size;
  };

  return {
    add(
      cause: string,
      correlations: readonly Correlation[],
      at: number,
      { moreThan, withinMs }: Pick<Umbrella, 'moreThan' | 'withinMs'>,
    ): { correlation: Correlation; earlier: readonly string[] } | undefined {
      const counted = correlations.map((correlation) => ({
        correlation,
        count: countOf(umbrellaKey(correlation), cause, at, withinMs),
      }));
      const shared = counted.find(({ count }) => count > moreThan)?.correlation;
      if (!shared) return undefined;
      const earlier = [...(seen.get(umbrellaKey(shared))?.keys() ?? [])].filter((one) => one !== cause);
      return { correlation: shared, earlier };
    },
  };
};
