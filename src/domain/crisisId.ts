const tail = /-\d{8}-[0-9a-z]{5}$/;

/** The cause that a crisisId or a correlation key stands for, and the crisisId where one was given. */
export const parseCrisisId = (idOrKey: string): { correlationKey: string; crisisId?: string } =>
  tail.test(idOrKey) ? { correlationKey: idOrKey.replace(tail, ''), crisisId: idOrKey } : { correlationKey: idOrKey };

/** `crisis:<key>` is the mutex of a cause: the server refuses a second running crisis for it. */
export const crisisPrefix = 'crisis:';
/** The key of a rehearsed crisis is its workflow id, so that links and commands reach it and never a live one. */
export const drillPrefix = 'drill:';
/** So is that of a restricted one: whatever the id of a workflow begins with this is encrypted (src/codec). */
export const restrictedPrefix = 'restricted:';

export const isRestrictedKey = (idOrKey: string): boolean => idOrKey.startsWith(restrictedPrefix);

/** How a restricted crisis is called where anybody may read it: its code name beside what it was found in would tell what it is about. */
export const unnamedCrisis = 'a restricted crisis';

/** The one maker of crises' workflow ids. A colon stands in no key of the configuration. */
export const crisisWorkflowId = (correlationKey: string): string =>
  correlationKey.startsWith(drillPrefix) || isRestrictedKey(correlationKey)
    ? correlationKey
    : `${crisisPrefix}${correlationKey}`;

/** The id of a workflow that works for a crisis; for a restricted one it is restricted as well. */
export const workflowIdBeside = (kind: 'postmortem' | 'projection', crisisId: string): string =>
  isRestrictedKey(crisisId)
    ? `${restrictedPrefix}${kind}:${crisisId.slice(restrictedPrefix.length)}`
    : `${kind}:${crisisId}`;

/** The crisis that a restricted workflow is or works for, by its id or its key. */
export const restrictedCrisisOf = (workflowId: string): string =>
  workflowId.replace(/^restricted:(postmortem|projection):/, restrictedPrefix).replace(/:\d+$/, '');
