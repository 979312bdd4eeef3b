/** How much one message may carry: so many items, and so many bytes of them. */
export type Limits<Item> = { items: number; bytes: number; bytesOf: (item: Item) => number };

/** How many of them, from the first, one message may carry; one in any case: what is too large alone is for the receiver to refuse. */
export const countWithin = <Item>(
  items: readonly Item[],
  { items: most, bytes: mostBytes, bytesOf }: Limits<Item>,
): number => {
  let [count, bytes] = [0, 0];
  for (const item of items) {
    bytes += bytesOf(item);
    if (count === most || (count > 0 && bytes > mostBytes)) break;
    count++;
  }
  return count;
};

/** Whether one message may carry all of them; no more of them is measured than it takes to tell. */
export const areWithin = <Item>(items: readonly Item[], limits: Limits<Item>): boolean =>
  countWithin(items, limits) === items.length;

/** The length of its JSON, in which a letter beyond ASCII counts once and takes up to three bytes: limits have to leave room for that. */
export const jsonBytesOf = (item: unknown): number => JSON.stringify(item).length;
