import type { Classification } from '../classification.js';
import type { Command } from '../command.js';
import type { Verified } from '../commandProof.js';
import type { Crisis } from '../crisis.js';
import type { Due } from '../due.js';
import type { Outcome } from '../effect.js';
import type { Tally } from '../event.js';
import type { Mode } from '../plan.js';

/** With what a crisis begins. */
export type Declaration = {
  crisisId: string;
  correlationKey: string;
  crisisType: Crisis['type'];
  mode: Mode;
  title: string;
  services: readonly string[];
  by: string;
  startedAt?: number;
  classification: Classification;
  tallies: readonly Tally[];
  /** Crises that it has to do with from the first moment: the one before, the one it was split from. */
  links?: Crisis['links'];
  restricted?: { codeName: string; named: readonly string[] };
};

/** Everything that can make a crisis decide. */
export type Occasion =
  | { type: 'declared'; declaration: Declaration }
  | { type: 'promoted' }
  | { type: 'due'; due: Due }
  /** `proof` is what a worker found of the proof that came with it; without one nobody knows who it was. */
  | { type: 'command'; command: Command; proof?: Verified }
  | { type: 'outcome'; outcome: Outcome }
  /** A signal that could not even be read. */
  | { type: 'refused'; command: string; by: string; reason: string };
