import { approvalsNeeded } from '../approvalsNeeded.js';
import type { CommandOf } from '../command.js';
import type { Actor } from '../event.js';
import type { TemplateName } from '../telling.js';
import { requestApproval } from './approvalRequests.js';
import { rolesToRun } from './authority.js';
import type { Decision } from './decision.js';
import { own } from './own.js';
import { promiseUpdate, tellAudience } from './telling.js';

type Announcement = Pick<CommandOf<'announce'>, 'audience' | 'text'> & { by: string; approvedBy?: readonly string[] };

const templatesOf = ({ plan }: Decision, audience: string): TemplateName[] =>
  plan.tellings.filter((telling) => telling.audience === audience).map(({ template }) => template);

/** A person's own words, in the template for whom they are for: a post, a word to partners, a statement to reporters. */
const templateFor = (d: Decision, audience: string): TemplateName => {
  if (!d.plan.audiences[audience]?.outside) return 'status-update';
  const own = d.plan.engine < 4 ? undefined : templatesOf(d, audience)[0];
  return own ?? 'customer-mail';
};

/** What is said goes out, and with it the promise of the next update. */
export const goOut = (d: Decision, { audience, ...said }: Announcement): void => {
  promiseUpdate(d);
  tellAudience(d, templateFor(d, audience), audience, 'update', said);
};

/**
 * How many must still approve what leaves the house: as many as the most delicate template that this audience gets. Who may
 * approve has approved what they write themselves, when it is proven that it is they.
 */
const approvalsLeft = (d: Decision, { by, proven }: Actor, audience: string): number => {
  const { plan, crisis } = d;
  const rules = plan.authority?.outsideText;
  // Of a drill nothing leaves the house.
  if (!rules?.required || crisis.mode === 'drill' || !own(plan.audiences, audience)?.outside) return 0;
  const needs = Math.max(
    ...[templateFor(d, audience), ...templatesOf(d, audience)].map((template) => approvalsNeeded[template]),
  );
  const isOwn = proven === true && rolesToRun(crisis, plan, { mayRun: rules.approvedBy }, by).length > 0;
  return isOwn ? needs - 1 : needs;
};

/** Somebody's own words for an audience: they go out, or wait for those who may approve them. */
export const announce = (d: Decision, actor: Actor, { audience, text }: CommandOf<'announce'>): void => {
  const { by } = actor;
  const needs = approvalsLeft(d, actor, audience);
  if (needs === 0) return goOut(d, { audience, text, by });
  requestApproval(d, {
    action: 'announce',
    parameters: { audience, text },
    context: { as: 'announcement' },
    by,
    needs,
  });
};

/** Approved: what was written goes out as it was written. */
export const announceApproved = (d: Decision, request: string): void => {
  const approval = d.crisis.approvals[request];
  if (!approval) return;
  const { parameters, by, approvedBy } = approval;
  goOut(d, { audience: String(parameters['audience']), text: String(parameters['text']), by, approvedBy });
};
