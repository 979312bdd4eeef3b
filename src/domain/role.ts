import { z } from 'zod';

/** The seed's leads and agents, and the two who keep the clocks and the timeline. One id each, used everywhere. */
export const roleIds = [
  'incident-commander',
  'technical-lead',
  'security-lead',
  'communication-lead',
  'operations-lead',
  'monitoring-engineer',
  'reliability-engineer',
  'performance-engineer',
  'data-engineer',
  'platform-engineer',
  'reviewer',
  'deputy',
  'scribe',
] as const;
export const Role = z.enum(roleIds);
export type Role = z.infer<typeof Role>;

type Duties = { title: string; agent: string; duties: readonly string[] };

/** What each role is called, which of the seed's agents it is, and what it answers for. */
export const roles: Record<Role, Duties> = {
  'incident-commander': {
    title: 'Incident Commander',
    agent: 'incident-responder',
    duties: [
      'Coordinates the whole crisis and takes the decisions',
      'Approves what stakeholders are told, and keeps them up to date',
      'Assigns people and resources',
      'Keeps the clocks and follows progress',
    ],
  },
  'technical-lead': {
    title: 'Technical Lead',
    agent: 'sre-engineer',
    duties: [
      'Assesses and diagnoses the technical fault',
      'Develops the strategy of the resolution',
      'Coordinates its implementation',
      'Validates that the system has recovered',
    ],
  },
  'security-lead': {
    title: 'Security Lead',
    agent: 'security-engineer',
    duties: [
      'Assesses the impact on security',
      'Coordinates the forensic investigation',
      'Answers for compliance and legal requirements',
      'Oversees the security remediation',
    ],
  },
  'communication-lead': {
    title: 'Communication Lead',
    agent: 'business-analyst',
    duties: [
      'Speaks to customers and stakeholders',
      'Coordinates public relations and the media',
      'Assesses the business impact',
      'Looks after the reputation',
    ],
  },
  'operations-lead': {
    title: 'Operations Lead',
    agent: 'deployment-engineer',
    duties: [
      'Manages and scales the infrastructure',
      'Coordinates deployment and rollback',
      'Manages monitoring and alerting',
      'Provides and optimises resources',
    ],
  },
  'monitoring-engineer': {
    title: 'Monitoring Engineer',
    agent: 'monitoring-engineer',
    duties: ['Detects the incident and strengthens its monitoring'],
  },
  'reliability-engineer': {
    title: 'Reliability Engineer',
    agent: 'reliability-engineer',
    duties: ['Orchestrates the recovery of the system and its validation'],
  },
  'performance-engineer': {
    title: 'Performance Engineer',
    agent: 'performance-engineer',
    duties: ['Assesses what performance suffers and where it is held up'],
  },
  'data-engineer': {
    title: 'Data Engineer',
    agent: 'data-engineer',
    duties: ['Verifies that data is whole and consistent'],
  },
  'platform-engineer': {
    title: 'Platform Engineer',
    agent: 'platform-engineer',
    duties: ['Secondary on call: infrastructure, deployment and complex systems'],
  },
  reviewer: { title: 'Reviewer', agent: 'reviewer', duties: ['Leads the blameless post-mortem'] },
  deputy: { title: 'Deputy', agent: 'incident-responder', duties: ['Keeps the clocks for the Incident Commander'] },
  scribe: { title: 'Scribe', agent: 'incident-responder', duties: ['Keeps the timeline'] },
};
