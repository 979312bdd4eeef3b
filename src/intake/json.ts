import { pointerTo, type Fault } from './fault.js';

const deepest = 64;

/** Made once: making one costs more than all that it then decodes. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * JSON from bytes, or why not. Stricter than the language: UTF-8 only, no deeper than 64, no key twice in one object,
 * and none that would reach an object's prototype. A doubled key is refused because readers differ on which one counts.
 */
export const parseJson = (bytes: Uint8Array): { value: unknown } | { fault: Fault } => {
  const text = decode(bytes);
  if (text === undefined) return { fault: { pointer: '', detail: 'expected text in UTF-8; got other bytes' } };
  if (text.trim() === '') return { fault: { pointer: '', detail: 'expected a JSON body; got nothing' } };
  try {
    const value: unknown = JSON.parse(text);
    const fault = faultOfShape(text);
    return fault ? { fault } : { value };
  } catch (error) {
    return {
      fault: { pointer: '', detail: `expected JSON; ${error instanceof Error ? error.message : String(error)}` },
    };
  }
};

const decode = (bytes: Uint8Array): string | undefined => {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
};

/** Where the text that begins with the quote at `from` ends, its closing quote included. */
const endOfText = (json: string, from: number): number => {
  for (let end = json.indexOf('"', from + 1); ; end = json.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (json.charAt(end - 1 - backslashes) === '\\') backslashes++;
    if (backslashes % 2 === 0) return end + 1;
  }
};

/** A text of the JSON without its quotes; only one with an escape in it has to be read. */
const textAt = (json: string, from: number, to: number): string => {
  const inner = json.slice(from + 1, to - 1);
  return inner.includes('\\') ? (JSON.parse(json.slice(from, to)) as string) : inner;
};

type Level = { keys?: Set<string>; at: string | number };

/** What JSON.parse lets pass and we do not. The text is known to be JSON. */
const faultOfShape = (json: string): Fault | undefined => {
  const levels: Level[] = [];
  const pointer = () => pointerTo(levels.map(({ at }) => at));
  let ended: [from: number, to: number] = [0, 0];
  for (let at = 0; at < json.length; at++) {
    const level = levels.at(-1);
    switch (json.charAt(at)) {
      case '"':
        ended = [at, endOfText(json, at)];
        at = ended[1] - 1;
        break;
      case '{':
      case '[':
        if (levels.length >= deepest) return { pointer: pointer(), detail: `expected at most ${deepest} levels` };
        levels.push(json.charAt(at) === '{' ? { keys: new Set(), at: '' } : { at: 0 });
        break;
      case '}':
      case ']':
        levels.pop();
        break;
      case ',':
        if (typeof level?.at === 'number') level.at++;
        break;
      case ':': {
        if (!level?.keys) break;
        const key = textAt(json, ...ended);
        level.at = key;
        if (key === '__proto__') return { pointer: pointer(), detail: 'expected no key of this name' };
        if (level.keys.has(key)) return { pointer: pointer(), detail: 'expected each key once; this one came twice' };
        level.keys.add(key);
      }
    }
  }
  return undefined;
};
