import { createHash } from 'node:crypto';
import { Writable, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Hash } from '../domain/chain.js';
import { TooLarge, type Blob } from './blobs.js';

/** Hands a stream on piece by piece while it counts and hashes it; `seen` says what came, once all has. */
export const createHashing = (maxBytes: number) => {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  async function* through(content: AsyncIterable<Uint8Array>) {
    for await (const piece of content) {
      sizeBytes += piece.byteLength;
      if (sizeBytes > maxBytes) throw new TooLarge(`expected at most ${maxBytes} bytes, came more`);
      hash.update(piece);
      yield piece;
    }
  }
  return { through, seen: (): Blob => ({ sha256: hash.digest('hex'), sizeBytes }) };
};

/** The hash and size of a stream that nobody needs to keep. */
export const hashOf = async (content: Readable): Promise<Blob> => {
  const { through, seen } = createHashing(Infinity);
  const nowhere = new Writable({ write: (_piece, _encoding, done) => done() });
  await pipeline(content, (pieces: AsyncIterable<Uint8Array>) => through(pieces), nowhere);
  return seen();
};

/** The hash of the evidence's chains: without a key, so that anybody can verify an exported bundle. */
export const sha256: Hash = (text) => createHash('sha256').update(text).digest('hex');
