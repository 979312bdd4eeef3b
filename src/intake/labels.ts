import { detectionSources, type DetectionSource } from '../domain/alert.js';
import { Facts } from '../domain/facts.js';
import { line } from './text.js';

export type Labels = Record<string, string>;

const scalar = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
    ? String(value)
    : undefined;

/** Labels from whatever an object holds flat; nested values are left out. No more than two hundred. */
export const labelsOf = (from: Readonly<Record<string, unknown>>): Labels =>
  Object.fromEntries(
    Object.entries(from)
      .flatMap(([name, value]) => {
        const text = scalar(value);
        return text === undefined || name === '__proto__' ? [] : [[line(name, 200), line(text, 1024)] as const];
      })
      .slice(0, 200),
  );

/** Labels from a sender's tags: an object, a list of `name:value`, or one text of them with commas between. */
export const labelsOfTags = (tags: unknown): Labels => {
  if (typeof tags === 'object' && tags !== null && !Array.isArray(tags))
    return labelsOf(tags as Record<string, unknown>);
  const each = Array.isArray(tags) ? tags : typeof tags === 'string' ? tags.split(',') : [];
  return labelsOf(
    Object.fromEntries(
      each.flatMap((tag) => {
        const [name, ...value] = typeof tag === 'string' ? tag.trim().split(':') : [];
        return name ? [[name, value.join(':') || 'true'] as const] : [];
      }),
    ),
  );
};

const severityWords: Readonly<Record<string, Facts['sourceSeverity']>> = {
  critical: 'critical',
  crit: 'critical',
  fatal: 'critical',
  error: 'error',
  err: 'error',
  warning: 'warning',
  warn: 'warning',
  info: 'info',
};

/** The sender's own word for how bad it is, where it is one of ours or a common short form. */
export const severityWord = (word: string | undefined): Facts['sourceSeverity'] => {
  const lower = word?.trim().toLowerCase() ?? '';
  return Object.hasOwn(severityWords, lower) ? severityWords[lower] : undefined;
};

const camelCase = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const readings = (text: string): unknown[] => {
  const word = text.trim().toLowerCase();
  return [
    ...(word === 'true' ? [true] : word === 'false' ? [false] : []),
    ...(/\d/.test(word) ? [Number(word.replace(/%$/, ''))] : []),
    word,
    text.split(',').map((each) => each.trim()),
  ];
};

/** What labels say of the damage: `fact_users_affected_percent: "60"`. What cannot be read is named, not dropped. */
export const factsOfLabels = (labels: Labels): { facts: Facts; notUnderstood: string[] } => {
  const notUnderstood: string[] = [];
  const stated: Record<string, unknown> = {};
  for (const [label, text] of Object.entries(labels)) {
    if (!label.startsWith('fact_')) continue;
    const name = camelCase(label.slice('fact_'.length));
    const reading = readings(text)
      .map((value) => Facts.safeParse({ [name]: value }))
      .find(({ success, data }) => success && Object.hasOwn(data, name));
    if (reading?.success) Object.assign(stated, reading.data);
    else notUnderstood.push(`${label}=${text}`);
  }
  return { facts: stated, notUnderstood };
};

/** The `detection` label, with dashes or underscores for its spaces; else what the source is configured to detect. */
export const detectionOf = (labels: Labels, otherwise: DetectionSource): DetectionSource => {
  const word = labels['detection']?.toLowerCase().replaceAll(/[-_]/g, ' ');
  return detectionSources.find((source) => source === word) ?? otherwise;
};
