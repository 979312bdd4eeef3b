import { defineSignal } from '@temporalio/workflow';
import type { Crisis } from '../domain/crisis.js';
import type { Tally } from '../domain/event.js';
import type { Parcel } from '../domain/intake/parcel.js';
import type { CrisisView } from './messages.js';

/** Parcels that wait for their crises. The name of the workflow type is `intakeShard`. */
export const parcelsSignal = defineSignal<[readonly Parcel[]]>('parcels');

/** A crisis that has gone into another leaves this behind under its id: what still comes for its cause goes there. */
export type ForwardingInput = {
  crisis: Crisis;
  to: string;
  view: Pick<CrisisView, 'names' | 'playbook'>;
  left: readonly Tally[];
};
/** The cause is on its own again: the next alert opens a crisis. */
export const releaseSignal = defineSignal('release');
