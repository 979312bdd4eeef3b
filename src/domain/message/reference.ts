/** Crockford's digits: no letter that a tired eye takes for another. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** FNV-1a with a final mix: spreads similar keys apart; it identifies, it does not protect. */
const hash32 = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/**
 * Six characters that stand for an idempotency key where there is no room for it. With 30 bits, two of fifty recent
 * messages to one number share one about once in a million times.
 */
export const shortRef = (key: string): string => {
  const hash = hash32(key);
  return Array.from({ length: 6 }, (_, index) => digits[(hash >>> (index * 5)) & 31] ?? '').join('');
};

/** How the reference stands in a text, and how it is searched for there. */
export const referenceLine = (key: string): string => `ref ${shortRef(key)}`;
