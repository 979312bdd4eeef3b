import { z } from 'zod';
import { DetectionSource } from '../domain/alert.js';
import { Facts } from '../domain/facts.js';
import { faultsOf } from './fault.js';
import { keyOf } from './key.js';
import type { Parse } from './parsed.js';
import { statedFacts, Time, timeGiven } from './stated.js';
import { filled, line, prose, webLink } from './text.js';

/** What a person sees: who, what, where, since when, and how many are hit. */
export const ReportBody = z.object({
  by: z.string().trim().min(1),
  summary: z.string().trim().min(1),
  service: z.string().nullish(),
  since: Time.nullish(),
  usersAffected: Facts.shape.usersAffected.nullable(),
  usersAffectedPercent: Facts.shape.usersAffectedPercent.nullable(),
  details: z.string().nullish(),
  link: z.string().nullish(),
  detection: DetectionSource.nullish(),
  facts: Facts.loose().default({}),
});

/** A person's report. Each is an alert of its own, since two people may see two different things. */
export const parseReport: Parse = (body, sender) => {
  const parsed = ReportBody.safeParse(body);
  if (!parsed.success) return { faults: faultsOf(parsed.error.issues, body) };
  const { by, summary, service, since, details, link, detection, ...sent } = parsed.data;
  const { facts, notUnderstood } = statedFacts(sent.facts);
  const said = [details, notUnderstood.length > 0 && `Not understood: ${notUnderstood.join(', ')}`];
  const id = sender.newId();
  return {
    alerts: [
      {
        id,
        format: 'report',
        detection: detection ?? sender.detection,
        status: 'firing',
        dedupKey: keyOf(`report-${id}`),
        summary: line(summary, 1024),
        labels: {},
        facts: {
          ...facts,
          ...filled({
            usersAffected: sent.usersAffected ?? undefined,
            usersAffectedPercent: sent.usersAffectedPercent ?? undefined,
          }),
        },
        receivedAt: sender.now,
        by: line(by, 200),
        ...filled({
          details: prose(said.filter(Boolean).join('\n'), 8192),
          service: line(service ?? '', 200),
          startedAt: timeGiven(since, sender.now),
          link: webLink(link ?? undefined),
        }),
      },
    ],
  };
};
