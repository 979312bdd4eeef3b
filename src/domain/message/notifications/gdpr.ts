import { sender, type NotificationSource } from '../notificationSource.js';

/** GDPR Art. 33(3) lists what the authority hears, Art. 34(2) what the people concerned hear, in plain words. */
export const gdpr: Readonly<Record<string, NotificationSource>> = {
  'gdpr-authority': {
    title: 'Notification of a personal data breach (GDPR Art. 33)',
    opening:
      'We notify you of a breach of personal data. What is not known yet follows without undue further delay (Art. 33(4)).',
    sections: [
      ...sender,
      { heading: 'When it occurred', field: 'occurredAt', optional: true },
      { heading: 'When we became aware of it', field: 'awareAt' },
      { heading: 'Nature of the breach', field: 'nature' },
      { heading: 'Categories and approximate number of people concerned', field: 'people' },
      { heading: 'Categories and approximate number of records concerned', field: 'records' },
      { heading: 'Likely consequences', field: 'consequences' },
      { heading: 'Measures taken', field: 'measures' },
      { heading: 'Measures proposed', field: 'planned' },
      { heading: 'People in other member states', field: 'crossBorder', optional: true },
    ],
  },
  'gdpr-subjects': {
    title: 'About your personal data (GDPR Art. 34)',
    opening:
      'Something has happened to personal data that we hold about you. We are sorry. Here is what it means for you and what you can do.',
    sections: [
      { heading: 'Who writes to you', field: 'organisation' },
      { heading: 'What happened', field: 'nature' },
      { heading: 'What it may mean for you', field: 'consequences' },
      { heading: 'What we have done', field: 'measures' },
      { heading: 'What you can do', field: 'advice' },
      { heading: 'Whom you can ask', field: 'contact' },
    ],
  },
};
