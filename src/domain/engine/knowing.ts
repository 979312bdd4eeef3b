import type { Authority } from '../audit.js';
import type { Command } from '../command.js';
import type { SigningActor, Verified } from '../commandProof.js';
import type { Act, Actor } from '../event.js';
import { rolesHeld } from './authority.js';
import type { Decision } from './decision.js';
import { own } from './own.js';
import { rosterOf } from './questions.js';
import type { Asking } from './whyNotRun.js';

type Given = { command: Command; proof?: Verified };

const doubtOf = (proof: Verified | undefined): string | undefined => {
  if (proof === undefined) return undefined;
  return 'fault' in proof ? `the proof is ${proof.fault}` : `the key is of ${proof.actor.id}`;
};

/** A machine speaks for itself alone, also when somebody has given it the name of a person. */
const provenBy = ({ crisis, plan }: Decision, by: string, proof: Verified | undefined): SigningActor | undefined => {
  if (proof === undefined || 'fault' in proof || proof.actor.id !== by) return undefined;
  const isPerson = own(rosterOf(crisis, plan).people, by) !== undefined;
  return proof.actor.kind === 'machine' && isPerson ? undefined : proof.actor;
};

/** Other crises link themselves by a signal, which nobody can sign; a link changes nothing. */
const needsNoWord = ({ command, by }: Command): boolean => command === 'link' && by === 'firebreak';

/**
 * A command with what is known of its sender. Of a crisis from before there were proofs its own word is believed; else
 * only what a worker has verified, and what came without a word of its way came straight through Temporal.
 */
export const known = (d: Decision, { command, proof }: Given): { command: Command; actor: Actor; asking: Asking } => {
  const { by } = command;
  const { at, plan } = d;
  if (!plan.authority) return { command, actor: { by }, asking: { at, ...(command.proven && { proven: by }) } };
  const isProven = provenBy(d, by, proof) !== undefined;
  const via = command.via ?? (isProven || needsNoWord(command) ? undefined : 'temporal');
  const doubt = isProven ? undefined : doubtOf(proof);
  return {
    command: { ...command, proven: isProven, ...(via !== undefined && { via }) },
    actor: { by, ...(via !== undefined && { via }), ...(isProven && { proven: true }) },
    asking: { at, ...(isProven && { proven: by }), ...(doubt !== undefined && { doubt }) },
  };
};

const targetOf = (c: Command): string | undefined => {
  switch (c.command) {
    case 'run':
      return c.what;
    case 'approve':
    case 'reject':
      return c.request;
    case 'assign':
    case 'handOver':
      return `${c.role}: ${c.person}`;
    case 'admit':
    case 'dismiss':
      return c.person;
    case 'complete':
    case 'skip':
      return c.task;
    case 'page':
      return c.whom;
    case 'announce':
      return c.audience;
    case 'collect':
      return c.entry.item;
    case 'link':
      return c.to;
    case 'merge':
      return c.into;
    case 'split':
      return c.cause;
    default:
      return undefined;
  }
};

const authorityOf = ({ crisis, plan }: Decision, command: Command, refused: boolean): Authority => {
  if (refused) return { kind: 'none', of: [] };
  const { by, proven } = command;
  if ('breakGlass' in command && command.breakGlass)
    return { kind: 'break-glass', of: [by], ...(command.reason !== undefined && { reason: command.reason }) };
  const held = proven ? rolesHeld(crisis, plan, by) : [];
  return held.length > 0 ? { kind: 'role', of: held } : { kind: 'anybody', of: [] };
};

/** What the audit keeps of a command, borne by the first event it sets off. Alerts are no acts. */
export const actOf = (
  d: Decision,
  command: Command,
  proof: Verified | undefined,
  refused: string | undefined,
): Act | undefined => {
  if (!d.plan.authority || command.command === 'alert') return undefined;
  const { by, via } = command;
  const target = targetOf(command);
  const provenAs = provenBy(d, by, proof);
  return {
    command: command.command,
    by,
    ...(via !== undefined && { via }),
    ...(provenAs && { key: provenAs.key }),
    ...(target !== undefined && { target }),
    authority: authorityOf(d, command, refused !== undefined),
  };
};
