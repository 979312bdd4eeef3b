import type { Recovery } from '../../domain/database.js';

/** It was not done, for a reason that a person can read and mend. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** The backup itself is to blame: an older one may do. */
export class BadBackup extends Error {
  override readonly name = 'BadBackup';
  /** What was being restored. */
  recovery?: Recovery;
}
