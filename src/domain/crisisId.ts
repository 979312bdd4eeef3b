const tail = /-\d{8}-[0-9a-z]{5}$/;

/** The cause that a crisisId or a correlation key stands for, and the crisisId where one was given. */
export const parseCrisisId = (idOrKey: string): { correlationKey: string; crisisId?: string } =>
  tail.test(idOrKey) ? { correlationKey: idOrKey.replace(tail, ''), crisisId: idOrKey } : { correlationKey: idOrKey };
