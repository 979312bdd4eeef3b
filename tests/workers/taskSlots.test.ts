import { expect, test } from '@jest/globals';
import { createTaskSlots } from '../../src/workers/taskSlots.js';

const asks = (isSticky: boolean) => ({ isSticky }) as Parameters<ReturnType<typeof createTaskSlots>['reserveSlot']>[0];
const [known, afresh] = [asks(true), asks(false)];
const forEver = new AbortController().signal;

/** Whether it comes by itself, without anybody giving something back. */
const comes = async (slot: Promise<unknown>): Promise<boolean> =>
  Promise.race([slot.then(() => true), new Promise<false>((resolve) => setImmediate(resolve, false))]);

test('crises that come to a worker afresh wait for each other, and the known ones for none of them', async () => {
  const slots = createTaskSlots({ known: 2, afresh: 1 });
  const first = await slots.reserveSlot(afresh, forEver);
  const second = slots.reserveSlot(afresh, forEver);
  expect(await comes(second)).toBe(false);
  expect(await comes(slots.reserveSlot(known, forEver))).toBe(true);
  expect(slots.tryReserveSlot(known)).not.toBeNull();
  expect(slots.tryReserveSlot(known)).toBeNull();

  slots.releaseSlot({ permit: first });
  expect(await comes(second)).toBe(true);
});

test('a slot that nobody waits for any more goes to the next', async () => {
  const slots = createTaskSlots({ known: 1, afresh: 1 });
  const first = await slots.reserveSlot(afresh, forEver);
  const leaving = new AbortController();
  const left = slots.reserveSlot(afresh, leaving.signal);
  leaving.abort();
  await expect(left).rejects.toBe(leaving.signal.reason);

  const next = slots.reserveSlot(afresh, forEver);
  slots.releaseSlot({ permit: first });
  expect(await comes(next)).toBe(true);
  await expect(slots.reserveSlot(afresh, leaving.signal)).rejects.toBe(leaving.signal.reason);
});
