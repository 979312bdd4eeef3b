import { z } from 'zod';

/** The seed's four levels; P0 is the worst. */
export const severities = ['P0', 'P1', 'P2', 'P3'] as const;
export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;

/** What each level is called in the seed. */
export const severityNames: Record<Severity, string> = { P0: 'critical', P1: 'high', P2: 'medium', P3: 'low' };

/** True when `a` is more severe than `b`. */
export const isWorse = (a: Severity, b: Severity): boolean => severities.indexOf(a) < severities.indexOf(b);

/** In doubt, the worse one. */
export const worse = (a: Severity, b: Severity): Severity => (isWorse(a, b) ? a : b);
