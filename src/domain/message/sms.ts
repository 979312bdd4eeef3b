import { oneLine } from './inert.js';
import { referenceLine } from './reference.js';

/** The basic alphabet of GSM 03.38; those of the extension take two places. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const extension = '^{}\\[~]|€';

const substitutes: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '·': '-',
};

/** A text in the GSM alphabet, so that it does not shrink to 70 characters a segment: accents fall off, what has no like is dropped. */
export const toGsm = (text: string): string =>
  Array.from(text)
    .flatMap((letter) => Array.from(substitutes[letter] ?? letter))
    .flatMap((letter) => (basic.includes(letter) ? letter : Array.from(letter.normalize('NFKD'))))
    .filter((letter) => basic.includes(letter) || extension.includes(letter))
    .join('');

const places = (text: string): number =>
  Array.from(text).reduce((sum, letter) => sum + (extension.includes(letter) ? 2 : 1), 0);

/** How many segments a text of the GSM alphabet takes: 160 places alone, 153 each when joined (GSM 03.40). */
export const segmentsOf = (text: string): number => {
  const needed = places(text);
  return needed <= 160 ? 1 : Math.ceil(needed / 153);
};

const cutTo = (text: string, most: number): string => {
  if (places(text) <= most) return text;
  const letters = Array.from(text);
  while (letters.length > 0 && places(letters.join('')) > most - 3) letters.pop();
  return `${letters.join('').trimEnd()}...`;
};

/** Below this a title says nothing; a third segment is then worth its price, since the link is never cut. */
const leastForTitle = 24;

/** A text message of two segments where the link allows it: the words are cut, the link and the reference never. */
export const smsText = (key: string, words: string, ackUrl?: string): string => {
  const tail = [...(ackUrl ? [`Ack: ${ackUrl}`] : []), referenceLine(key)].join('\n');
  const room = 2 * 153 - places(tail) - 1;
  return `${cutTo(toGsm(oneLine(words, 1000)), Math.max(room, leastForTitle))}\n${tail}`;
};
