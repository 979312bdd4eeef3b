/** What can be wrong, in the words of Jepsen. */
export const faultNames = [
  'lost',
  'doubled',
  'unexpected',
  'early',
  'late',
  'afterAcknowledgement',
  'wrongPerson',
] as const;
export type FaultName = (typeof faultNames)[number];

export type Finding = { fault: FaultName; what: string };
