import { hours } from '../domain/duration.js';
import type { Playbook } from '../domain/playbook.js';
import { endOfViolation } from './complianceContainment.js';
import { legalInvestigation } from './complianceInvestigation.js';
import { remediation } from './complianceRemediation.js';
import { contain } from './securityProcedures.js';

/** A legal or regulatory violation without a breach: the workflow of a security incident, with the checklists that fit it. */
export const compliance: Playbook = {
  type: 'securityIncident',
  title: 'Legal or regulatory violation',
  phases: [endOfViolation, legalInvestigation, remediation],
  procedures: { contain },
  repeatEveryMs: hours(4),
  regressionWatchMs: hours(24),
};
