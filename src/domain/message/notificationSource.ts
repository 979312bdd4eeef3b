/** What regulators ask for; every one is untrusted text that a person writes or checks. Moments are ISO 8601 in UTC. */
export const fieldNames = [
  'organisation',
  'identifier',
  'contact',
  'reference',
  'occurredAt',
  'awareAt',
  'classifiedAt',
  'materialAt',
  'fixAvailableAt',
  'nature',
  'cause',
  'suspected',
  'crossBorder',
  'services',
  'product',
  'memberStates',
  'people',
  'records',
  'severity',
  'indicators',
  'consequences',
  'measures',
  'planned',
  'advice',
  'criteria',
  'recovery',
  'costs',
  'materialImpact',
  'lateReasons',
] as const;
export type NotificationFields = Record<(typeof fieldNames)[number], string>;

type Section = {
  heading: string;
  field: keyof NotificationFields;
  /** The law wants it only where it is known or applies. */
  optional?: true;
};

/** One notification: our own words around what the law wants said. `opening` and `closing` are Liquid. */
export type NotificationSource = {
  title: string;
  opening: string;
  sections: readonly Section[];
  closing?: string;
};

/** Who speaks, and whom to ask. */
export const sender: readonly Section[] = [
  { heading: 'Organisation', field: 'organisation' },
  { heading: 'Identifier', field: 'identifier', optional: true },
  { heading: 'Contact', field: 'contact' },
];
