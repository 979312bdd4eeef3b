import { z } from 'zod';
import { Action } from './action.js';
import { CrisisType } from './classification.js';
import { workFaults } from './kubernetes.js';
import { placeholderFaults } from './placeholders.js';

const Id = z.string().regex(/^[\w.-]+$/, 'an id holds letters, digits, dots, dashes and underscores');

const RunbookAction = Action.superRefine((action, context) => {
  const faults = [...placeholderFaults(action), ...(action.kind === 'kubernetes' ? workFaults(action.work) : [])];
  for (const message of faults) context.addIssue({ code: 'custom', message });
});

/** What stands above a runbook's text: whom it is for, and the actions it may run. */
export const RunbookMatter = z.strictObject({
  id: Id,
  title: z.string().min(1),
  /** The services it is for; none means any. */
  services: z.array(Id).default([]),
  types: z.array(CrisisType).default([]),
  actions: z.record(Id, RunbookAction).default({}),
});

/** Instructions a person reads in a crisis, as Markdown, with the actions that belong to them. */
export const Runbook = RunbookMatter.extend({ text: z.string() });
export type Runbook = z.infer<typeof Runbook>;
