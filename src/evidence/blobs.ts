import type { Readable } from 'node:stream';

/** The content of a stream, once it is kept. */
export type Blob = { sha256: string; sizeBytes: number };

/** More came than was allowed; nothing of it was kept. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** There is nothing with this hash. */
export class NoSuchBlob extends Error {
  override readonly name = 'NoSuchBlob';
}

/** Contents kept under their own SHA-256, whatever holds them: the same content is kept once. */
export interface BlobStore {
  /**
   * Keeps all of a stream, hashing it on the way, so that no content is ever held in memory whole. Durable once answered;
   * throws TooLarge beyond `maxBytes`, and whatever the stream throws.
   */
  put(content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Blob>;
  /** Throws NoSuchBlob. What it reads is not checked: that is what verifying is for. */
  open(sha256: string): Promise<Readable>;
  /** How many bytes are kept under a hash; undefined where nothing is. */
  sizeOf(sha256: string): Promise<number | undefined>;
}
