// C0 and C1 controls, and the marks that turn the direction of writing round: none may reach a header, a terminal or a page.
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g; // eslint-disable-line no-control-regex
// Most texts have nothing to be cleaned of, and one look says so.
const suspicious = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/; // eslint-disable-line no-control-regex
const lineBreaks = /[\r\n\t\u2028\u2029]+/g;
const loneSurrogates = /\p{Surrogate}/gu;

/** Shortened to at most `most` UTF-16 units, with an ellipsis where something was cut off. */
export const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;

/** One line of text from outside: no line breaks, no control characters, no longer than `most`. */
export const line = (text: string, most: number): string =>
  prose(suspicious.test(text) ? text.replace(lineBreaks, ' ') : text, most);

/** Text from outside that may have several lines, without other control characters and no longer than `most`. */
export const prose = (text: string, most: number): string =>
  cut((suspicious.test(text) ? cleansed(text) : text).trim(), most);

const cleansed = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(controls, '').replace(loneSurrogates, '\ufffd');

/** A link that is safe to show: http or https, else nothing. */
export const webLink = (text: string | undefined): string | undefined => {
  if (text === undefined || text.length > 2048 || !URL.canParse(text)) return undefined;
  const { protocol, href } = new URL(text);
  return /^https?:$/.test(protocol) && href.length <= 2048 ? href : undefined;
};

/** The fields that hold something; Alert’s optional fields are absent rather than empty. */
export const filled = <Fields extends Record<string, unknown>>(
  fields: Fields,
): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined | ''> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')) as never;

/** The same JSON with every text in it cleaned, names of fields as they are. */
export const cleaned = <Json>(json: Json): Json => {
  if (typeof json === 'string') return prose(json, Number.POSITIVE_INFINITY) as Json;
  if (Array.isArray(json)) return json.map(cleaned) as Json;
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, cleaned(value as unknown)])) as Json;
};
