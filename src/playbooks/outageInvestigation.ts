import { minutes } from '../domain/duration.js';
import type { Phase } from '../domain/playbook.js';
import { item } from './item.js';

/** Workflow 1, phase 2 of the seed: what broke, whom it hits, and why. */
export const investigation: Phase = {
  id: 'investigation',
  title: 'Investigation and diagnosis (5-30 minutes)',
  untilMs: minutes(30),
  tellsRung: 'engineering-manager',
  tasks: [
    item(
      'technical-investigation',
      'Investigation',
      'Analyze system logs and metrics to identify root cause',
      'technical-lead',
    ),
    item('security-investigation', 'Investigation', 'Investigate potential security implications', 'security-lead'),
    item(
      'performance-investigation',
      'Investigation',
      'Assess performance impact and bottlenecks',
      'performance-engineer',
    ),
    item('log-analysis', 'Investigation Workflow', 'Log analysis and error pattern identification', 'technical-lead'),
    item(
      'metrics-review',
      'Investigation Workflow',
      'System metrics review and anomaly detection',
      'performance-engineer',
    ),
    item(
      'change-review',
      'Investigation Workflow',
      'Recent deployment and configuration change review',
      'operations-lead',
    ),
    item(
      'dependency-check',
      'Investigation Workflow',
      'Infrastructure and dependency health check',
      'platform-engineer',
    ),
    item('review-deployments', 'Technical Analysis', 'Review recent deployments and changes', 'operations-lead'),
    item('analyze-errors', 'Technical Analysis', 'Analyze error logs and stack traces', 'technical-lead'),
    item('check-database', 'Technical Analysis', 'Check database performance and connections', 'data-engineer'),
    item('verify-third-parties', 'Technical Analysis', 'Verify third-party service dependencies', 'technical-lead'),
    item(
      'assess-infrastructure',
      'Technical Analysis',
      'Assess infrastructure and network status',
      'platform-engineer',
    ),
    item('quantify-affected', 'Impact Assessment', 'Quantify affected users and transactions', 'communication-lead', {
      required: true,
    }),
    item('measure-revenue', 'Impact Assessment', 'Measure revenue and business impact', 'communication-lead'),
    item('identify-regions', 'Impact Assessment', 'Identify affected geographical regions', 'operations-lead'),
    item(
      'assess-data-security',
      'Impact Assessment',
      'Assess data integrity and security implications',
      'security-lead',
    ),
    item('trace-propagation', 'Root Cause Identification', 'Trace error propagation through system', 'technical-lead'),
    item(
      'identify-factors',
      'Root Cause Identification',
      'Identify primary and contributing factors',
      'technical-lead',
      { required: true },
    ),
    item('document-timeline', 'Root Cause Identification', 'Document timeline of events and changes', 'scribe', {
      does: 'recordTimeline',
    }),
    item('verify-hypothesis', 'Root Cause Identification', 'Verify hypothesis through testing', 'technical-lead'),
  ],
};
