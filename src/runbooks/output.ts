import { stripVTControlCharacters } from 'node:util';
import { mask } from '../domain/mask.js';

const keptHead = 2048;
const keptTail = 6144;
/** Kept beyond what is shown, so that a secret on the edge is masked whole before the edge is cut. */
const slack = 4096;

export type Output = {
  take: (chunk: Buffer) => void;
  /** The last line that holds anything, for saying how far it has come. */
  lastLine: () => string;
  /** The beginning and the end, with what was left out counted between them. */
  text: () => string;
};

// A terminal that shows the output must not obey it.
// eslint-disable-next-line no-control-regex
const inert = (text: string): string => stripVTControlCharacters(text).replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, '');

/** Keeps what something prints, whatever its length, in a few kilobytes, with secrets masked. */
export const createOutput = (secrets: readonly string[]): Output => {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let length = 0;
  const clean = (bytes: Buffer): string => mask(inert(bytes.toString('utf8')), secrets);

  const whole = (text: string): string =>
    text.length <= keptHead + keptTail ? text : joined(text.slice(0, keptHead), text.slice(-keptTail), text.length);
  const joined = (first: string, last: string, total: number): string =>
    `${first}\n… ${total - first.length - last.length} characters left out …\n${last}`;

  return {
    take: (chunk) => {
      length += chunk.length;
      const room = keptHead + slack - head.length;
      if (room > 0) head = Buffer.concat([head, chunk.subarray(0, room)]);
      const rest = room > 0 ? chunk.subarray(room) : chunk;
      if (rest.length > 0) tail = Buffer.concat([tail, rest]).subarray(-(keptTail + slack));
    },
    lastLine: () => {
      const end = tail.length > 0 ? tail : head;
      return (
        clean(end.subarray(-2 * slack))
          .trimEnd()
          .split('\n')
          .at(-1)
          ?.slice(-200) ?? ''
      );
    },
    text: () =>
      length === head.length + tail.length
        ? whole(clean(Buffer.concat([head, tail])))
        : joined(clean(head).slice(0, keptHead), clean(tail).slice(-keptTail), length),
  };
};
