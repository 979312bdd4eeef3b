/** Controls, invisible and direction-changing characters, private use and halves of pairs; joiners stay, scripts need them. */
const active = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu;

const clipped = (text: string, most: number): string => {
  const letters = Array.from(text);
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text;
};

/** Untrusted text as one harmless line of at most so many characters: nothing in it breaks a line, a header or the reading direction. */
export const oneLine = (text: string, most = 300): string =>
  clipped(text.replace(/\s+/g, ' ').replace(active, '').replace(/ {2,}/g, ' ').trim(), most);

/** What a person wrote in several lines, harmless and bounded; at most one empty line in a row. */
export const someLines = (text: string, most = 4000): string =>
  clipped(
    text
      .split(/\r\n|[\n\r\u2028\u2029]/)
      .map((line) => oneLine(line, most))
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    most,
  );

/** The address when it is an http(s) link without credentials in it, else nothing: only such become links in a message. */
export const webLink = (text: string): string | undefined => {
  const line = oneLine(text, 2048);
  if (!URL.canParse(line)) return undefined;
  const { protocol, username, password } = new URL(line);
  return /^https?:$/.test(protocol) && !username && !password ? line : undefined;
};
