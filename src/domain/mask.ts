/** What stands where a secret stood. */
export const masked = '•••';

/** Shorter texts occur everywhere by chance, and masking them would make the output unreadable. */
const shortestSecret = 4;

/** Names of variables, headers and fields that hold what nobody else should read. */
export const looksSecret = (name: string): boolean =>
  /(secret|token|passw|passphrase|pwd|api[-_]?key|private[-_]?key|access[-_]?key|credential|authorization|cookie|signature|dsn)/i.test(
    name,
  );

/** The shapes of well-known credentials; each keeps its first group, which says what it was. */
const shapes: readonly RegExp[] = [
  /(-----BEGIN [A-Z ]*PRIVATE KEY-----)[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /(\bBearer\s+)[\w+/=.~-]{16,}/gi,
  /(\bauthorization["']?\s*[:=]\s*["']?(?:\w{1,20}\s+)?)[\w+/=.~-]{8,}/gi,
  /(\b[a-z][a-z\d+.-]{0,20}:\/\/[^\s:/@]{0,200}:)[^\s/@]{1,500}(?=@)/gi,
  /(\beyJ)[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /(\b(?:AKIA|ASIA))[A-Z\d]{16}\b/g,
  /(\bgh[pousr]_)\w{20,}/g,
  /(\bgithub_pat_)\w{20,}/g,
  /(\bglpat-)[\w-]{20,}/g,
  /(\bxox[abeprs]-)[\w-]{10,}/g,
  /(\bsk[-_](?:live[-_]|test[-_]|proj[-_])?)[\w-]{20,}/g,
  /(\bwhsec_)[\w+/=]{16,}/g,
  /(\bnpm_)\w{30,}/g,
  /((?:secret|token|passw(?:or)?d|passphrase|api[-_]?key|private[-_]?key|access[-_]?key)["']?\s*[:=]\s*["']?)[^\s"',;&]{4,}/gi,
];

const spellings = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\uFFFD')),
  JSON.stringify(secret).slice(1, -1),
];

/** A text without the secrets given, in plain, URL and JSON spelling, and without whatever looks like a credential. */
export const mask = (text: string, secrets: readonly string[]): string => {
  const known = [...new Set(secrets.flatMap(spellings))]
    .filter(({ length }) => length >= shortestSecret)
    .sort((a, b) => b.length - a.length);
  const without = known.reduce((rest, secret) => rest.replaceAll(secret, masked), text);
  return shapes.reduce((rest, shape) => rest.replace(shape, `$1${masked}`), without);
};
