/** A text that only whoever has the key can read, and the key's id. */
export type Sealed = { key: string; sealed: string };

/** What was encrypted cannot be read here: its key is missing, or it was changed. The message says which. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** Encrypts what a database keeps of restricted crises. */
export interface Cipher {
  /** `about` says where it stands; put elsewhere, it does not open. */
  seal(text: string, about: string): Sealed;
  /** Throws Unreadable. */
  open(sealed: Sealed, about: string): string;
  /** The same for the same text every time, and it tells nothing of it: what rows are found by. */
  blind(text: string): string;
}
