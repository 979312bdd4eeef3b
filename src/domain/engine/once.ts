/**
 * What follows from a thing alone is found once for it, and asked for at every turn of a crisis. The thing is never changed,
 * so the answer is always the one that finding it anew would give.
 */
export const once = <Thing extends object, Found extends object>(
  find: (thing: Thing) => Found,
): ((thing: Thing) => Found) => {
  const found = new WeakMap<Thing, Found>();
  return (thing) => {
    const known = found.get(thing);
    if (known) return known;
    const fresh = find(thing);
    found.set(thing, fresh);
    return fresh;
  };
};
