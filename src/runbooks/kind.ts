import type { Action, ActionResult, ParameterValues } from '../domain/action.js';

export type Running = {
  /** The idempotency key of this run, handed to the program or service as far as it takes one. */
  key: string;
  /** For which crisis it runs, and by whose authority, in words. */
  on?: { crisisId: string; authority: string };
  /** Ends when the crisis calls the action off, or the worker stops. */
  signal: AbortSignal;
  /** Called while it is under way, with what it last printed. */
  progress: (lastLine: string) => void;
};

/** One kind of action. It never throws: what happened is its answer, and in doubt the answer is `uncertain`. */
export interface ActionKind<Kind extends Action['kind'] = Action['kind']> {
  readonly kind: Kind;
  run(action: Extract<Action, { kind: Kind }>, parameters: ParameterValues, running: Running): Promise<ActionResult>;
}
