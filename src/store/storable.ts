/** NUL and halves of surrogate pairs, which PostgreSQL takes neither in text nor in jsonb. */
// eslint-disable-next-line no-control-regex
const refused = /\u0000|\p{Surrogate}/gu;

const cleaned = (text: string): string => text.replace(refused, (mark) => (mark === '\u0000' ? '' : '\uFFFD'));

/** The same data with its texts as PostgreSQL can hold them: without NUL, and well-formed. */
export const storable = <Data>(data: Data): Data => clean(data) as Data;

const clean = (data: unknown): unknown => {
  if (typeof data === 'string') return cleaned(data);
  if (Array.isArray(data)) return data.map(clean);
  if (data === null || typeof data !== 'object' || data instanceof Date) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [cleaned(key), clean(value)]));
};
