/** How many letters must be changed, added, left out or swapped with the next to make one word of the other. */
const distance = (a: string, b: string): number => {
  const table = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => i || j));
  const at = (i: number, j: number) => table[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i += 1)
    for (let j = 1; j <= b.length; j += 1) {
      const changed = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity;
      table[i]?.splice(j, 1, Math.min(changed, swapped, at(i - 1, j) + 1, at(i, j - 1) + 1));
    }
  return at(a.length, b.length);
};

/** The known name that was probably meant, if any is near: a third of the letters may be wrong. */
export const nearest = (name: string, known: Iterable<string>): string | undefined => {
  const [best] = [...known]
    .filter((each) => Math.abs(each.length - name.length) <= 4)
    .map((each) => ({ each, far: distance(name.toLowerCase().slice(0, 60), each.toLowerCase().slice(0, 60)) }))
    .sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(1, Math.floor(name.length / 3)) ? best.each : undefined;
};
