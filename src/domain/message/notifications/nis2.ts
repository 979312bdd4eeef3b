import { sender, type NotificationSource } from '../notificationSource.js';

/** NIS2 Art. 23(4): little in the warning, an assessment in the notification, all of it in the final report. */
export const nis2: Readonly<Record<string, NotificationSource>> = {
  'nis2-early-warning': {
    title: 'Early warning of a significant incident (NIS2 Art. 23(4)(a))',
    opening: 'We warn you of a significant incident. A notification follows within 72 hours of our becoming aware.',
    sections: [
      ...sender,
      { heading: 'When we became aware of it', field: 'awareAt' },
      { heading: 'What is known', field: 'nature' },
      { heading: 'Suspected to be unlawful or malicious', field: 'suspected' },
      { heading: 'Possible impact across borders', field: 'crossBorder' },
    ],
  },
  'nis2-notification': {
    title: 'Notification of a significant incident (NIS2 Art. 23(4)(b))',
    opening: 'We notify you of a significant incident, and bring our early warning up to date.',
    sections: [
      ...sender,
      { heading: 'Reference of the early warning', field: 'reference', optional: true },
      { heading: 'When we became aware of it', field: 'awareAt' },
      { heading: 'What is known', field: 'nature' },
      { heading: 'Initial assessment of severity and impact', field: 'severity' },
      { heading: 'Indicators of compromise', field: 'indicators', optional: true },
      { heading: 'Suspected to be unlawful or malicious', field: 'suspected' },
      { heading: 'Impact across borders', field: 'crossBorder' },
    ],
  },
  'nis2-final-report': {
    title: 'Final report on a significant incident (NIS2 Art. 23(4)(d))',
    opening: 'This is our final report on the incident that we notified you of.',
    sections: [
      ...sender,
      { heading: 'Reference of the notification', field: 'reference' },
      { heading: 'Detailed description', field: 'nature' },
      { heading: 'Severity and impact', field: 'severity' },
      { heading: 'Threat or root cause that probably triggered it', field: 'cause' },
      { heading: 'Mitigations applied', field: 'measures' },
      { heading: 'Mitigations under way', field: 'planned' },
      { heading: 'Impact across borders', field: 'crossBorder', optional: true },
    ],
  },
};
