import { sender, type NotificationSource } from '../notificationSource.js';

/** DORA Art. 19(4) and Delegated Regulation (EU) 2025/301; the authority's own form asks for the same in its fields. */
export const dora: Readonly<Record<string, NotificationSource>> = {
  'dora-initial': {
    title: 'Initial notification of a major ICT-related incident (DORA Art. 19(4)(a))',
    opening: 'We notify you of an ICT-related incident that we have classified as major.',
    sections: [
      ...sender,
      { heading: 'When we became aware of it', field: 'awareAt' },
      { heading: 'When it was classified as major', field: 'classifiedAt' },
      { heading: 'Criteria that made it major', field: 'criteria' },
      { heading: 'Description', field: 'nature' },
      { heading: 'Member states concerned', field: 'memberStates' },
      { heading: 'Impact on other financial entities or third parties', field: 'crossBorder', optional: true },
      { heading: 'How it was discovered, and its origin where known', field: 'cause', optional: true },
    ],
  },
  'dora-intermediate': {
    title: 'Intermediate report on a major ICT-related incident (DORA Art. 19(4)(b))',
    opening: 'We bring our initial notification up to date, whether or not the status has changed.',
    sections: [
      ...sender,
      { heading: 'Reference of the initial notification', field: 'reference' },
      { heading: 'When it occurred', field: 'occurredAt' },
      { heading: 'Description and type', field: 'nature' },
      { heading: 'Clients, transactions and services concerned', field: 'people' },
      { heading: 'Services and infrastructure concerned', field: 'services' },
      { heading: 'Loss of data', field: 'records', optional: true },
      { heading: 'Recovery of regular activities', field: 'recovery' },
      { heading: 'Measures taken', field: 'measures' },
      { heading: 'Indicators of compromise', field: 'indicators', optional: true },
    ],
  },
  'dora-final': {
    title: 'Final report on a major ICT-related incident (DORA Art. 19(4)(c))',
    opening: 'The analysis of the root cause is complete, and actual figures replace our estimates.',
    sections: [
      ...sender,
      { heading: 'Reference of the intermediate report', field: 'reference' },
      { heading: 'Root cause', field: 'cause' },
      { heading: 'When and how it was resolved', field: 'recovery' },
      { heading: 'Impact in actual figures', field: 'severity' },
      { heading: 'Direct and indirect costs and losses', field: 'costs' },
      { heading: 'Measures taken', field: 'measures' },
      { heading: 'Measures against a recurrence', field: 'planned' },
    ],
  },
};
