import type { MessageFields } from '../../../src/domain/telling.js';

/** A message of which everything is known. */
export const fields: MessageFields = {
  crisisId: 'CR-1',
  drill: false,
  severity: 'P0',
  severityName: 'critical',
  title: 'pod checkout-7f OOMKilled',
  why: 'Complete service outage (completeOutage=true)',
  services: ['shop'],
  stage: 'investigating',
  status: 'acknowledged',
  phase: 'Immediate response',
  occasion: 'start',
  since: '2026-11-03T02:58:00.000Z',
  duration: '4m 12s',
  impact: 'Payments cannot be made',
  regions: ['Europe'],
  done: ['Rolled back to v1'],
  workaround: 'Pay by invoice',
  nextUpdateAt: '2026-11-03T03:18:00.000Z',
  dataLoss: 'No data was lost.',
  asked: 'Decide on failing over',
  next: ['Failover at 03:10'],
  commander: 'Cem',
  bridge: 'https://meet.example/firebreak',
  author: 'Dee',
  approver: 'Cem',
  text: '',
};

/** One of which only the beginning is known. */
export const sparse: MessageFields = {
  ...fields,
  impact: '',
  regions: [],
  done: [],
  workaround: '',
  nextUpdateAt: '',
  dataLoss: '',
  asked: '',
  next: [],
  commander: '',
  bridge: '',
  author: '',
  approver: '',
};
