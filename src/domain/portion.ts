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

/** What is as long in JSON as it is on its way. */
export const jsonBytesOf = (item: unknown): number => JSON.stringify(item).length;
