import type { NotificationSource } from '../notificationSource.js';

/** Form 8-K item 1.05: the material aspects; no technical detail that would hinder the response need be given. */
export const sec: Readonly<Record<string, NotificationSource>> = {
  'sec-8k': {
    title: 'Form 8-K, item 1.05: material cybersecurity incident',
    opening: 'The registrant has determined that it experienced a material cybersecurity incident.',
    sections: [
      { heading: 'Registrant', field: 'organisation' },
      { heading: 'Commission file number', field: 'identifier' },
      { heading: 'Date of the determination', field: 'materialAt' },
      { heading: 'Material aspects of nature, scope and timing', field: 'nature' },
      {
        heading: 'Material impact, or reasonably likely one, on financial condition and results of operations',
        field: 'materialImpact',
      },
      { heading: 'Signature and contact', field: 'contact' },
    ],
    closing:
      'Information that is not determined or not available at the time of this filing will be given in an amendment within four business days after it is.',
  },
};
