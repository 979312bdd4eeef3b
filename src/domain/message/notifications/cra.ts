import { sender, type NotificationSource } from '../notificationSource.js';

const product = [
  ...sender,
  { heading: 'Product with digital elements', field: 'product' },
] as const satisfies NotificationSource['sections'];

/** CRA Art. 14(2) for an exploited vulnerability, Art. 14(4) for a severe incident. */
export const cra: Readonly<Record<string, NotificationSource>> = {
  'cra-early-warning': {
    title: 'Early warning (CRA Art. 14)',
    opening:
      'We warn you of an actively exploited vulnerability in our product, or of a severe incident that concerns its security.',
    sections: [
      ...product,
      { heading: 'When we became aware of it', field: 'awareAt' },
      { heading: 'Member states in which the product is available', field: 'memberStates', optional: true },
      { heading: 'Suspected to be unlawful or malicious', field: 'suspected' },
    ],
  },
  'cra-notification': {
    title: 'Notification of the vulnerability or the incident (CRA Art. 14)',
    opening: 'We bring our early warning up to date.',
    sections: [
      ...product,
      { heading: 'Reference of the early warning', field: 'reference', optional: true },
      { heading: 'Nature of the vulnerability, its exploit or the incident', field: 'nature' },
      { heading: 'Initial assessment', field: 'severity' },
      { heading: 'Corrective or mitigating measures taken', field: 'measures' },
      { heading: 'Measures that users can take', field: 'advice' },
      { heading: 'How sensitive this information is', field: 'criteria', optional: true },
    ],
  },
  'cra-final-vulnerability': {
    title: 'Final report on an actively exploited vulnerability (CRA Art. 14(2)(c))',
    opening: 'A corrective or mitigating measure is available. This is our final report.',
    sections: [
      ...product,
      { heading: 'Reference of the notification', field: 'reference' },
      { heading: 'When the measure became available', field: 'fixAvailableAt' },
      { heading: 'Description, severity and impact', field: 'severity' },
      { heading: 'Who has exploited it or is doing so', field: 'indicators', optional: true },
      { heading: 'Security update or other corrective measure', field: 'measures' },
    ],
  },
  'cra-final-incident': {
    title: 'Final report on a severe incident (CRA Art. 14(4)(c))',
    opening: 'This is our final report on the incident that we notified you of.',
    sections: [
      ...product,
      { heading: 'Reference of the notification', field: 'reference' },
      { heading: 'Detailed description', field: 'nature' },
      { heading: 'Severity and impact', field: 'severity' },
      { heading: 'Threat or root cause that probably triggered it', field: 'cause' },
      { heading: 'Mitigations applied', field: 'measures' },
      { heading: 'Mitigations under way', field: 'planned' },
    ],
  },
};
