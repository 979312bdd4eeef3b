import { expect, test } from '@jest/globals';
import type { Crisis } from '../../src/domain/crisis.js';
import type { Delivery } from '../../src/domain/delivery.js';
import { alert, classification, crisis, delivery, noted, numbered, projection, start } from './support/crises.js';
import { onBothEngines } from './support/stores.js';

onBothEngines((store) => {
  test('keeps a crisis with its timeline and finds it by id and by correlation key', async () => {
    const first = crisis({ crisisId: 'kept', correlationKey: 'kept-key' });
    await store().project(projection(first, numbered(0, noted('we look'), noted('we found it'))));

    expect((await store().crisis('kept'))?.crisis).toEqual(first);
    expect(await store().crisis('kept-key')).toMatchObject({ workflowId: 'crisis:kept-key', runId: 'run-1' });
    expect(await store().timeline('kept')).toEqual(numbered(0, noted('we look'), noted('we found it')));
    expect(await store().crisis('never heard of')).toBeUndefined();
  });

  test('finds the newest crisis of a correlation key', async () => {
    await store().project(projection(crisis({ crisisId: 'older', correlationKey: 'twice', declaredAt: start - 1 })));
    await store().project(projection(crisis({ crisisId: 'newer', correlationKey: 'twice' })));
    await store().project(projection(crisis({ crisisId: 'oldest', correlationKey: 'twice', declaredAt: start - 2 })));

    expect((await store().crisis('twice'))?.crisis.crisisId).toBe('newer');
  });

  test('changes nothing when a projection comes twice or late', async () => {
    const before = crisis({ crisisId: 'calm', seq: 1 });
    const after = crisis({ crisisId: 'calm', seq: 2, status: 'acknowledged' });
    await store().project(projection(after, numbered(0, noted('one'), noted('two'))));
    const row = await store().crisis('calm');

    await store().project(projection(after, numbered(0, noted('one'), noted('two'))));
    await store().project(projection(before, numbered(0, noted('one'))));

    expect(await store().crisis('calm')).toEqual(row);
    expect(await store().timeline('calm')).toHaveLength(2);
  });

  test('follows a crisis into the run that continues it', async () => {
    await store().project(projection(crisis({ crisisId: 'long', seq: 5 }), [], 'run-1'));
    await store().project(projection(crisis({ crisisId: 'long', seq: 5 }), [], 'run-2'));

    expect(await store().crisis('long')).toMatchObject({ runId: 'run-2' });
  });

  test('lists by what is open, how severe it is and which service it hits', async () => {
    const listed = (crisisId: string, more: Parameters<typeof crisis>[0]) =>
      store().project(projection(crisis({ crisisId, services: ['lists'], ...more })));
    await listed('l1', { declaredAt: start + 1, services: ['lists', 'also'] });
    await listed('l2', { declaredAt: start + 2, classification: classification('P1') });
    await listed('l3', { declaredAt: start + 3, status: 'closed', closedAt: start + 4 });
    const ids = async (filter: Parameters<ReturnType<typeof store>['crises']>[0]) =>
      (await store().crises({ service: 'lists', ...filter })).map((row) => row.crisis.crisisId);

    expect(await ids({})).toEqual(['l3', 'l2', 'l1']);
    expect(await ids({ open: true })).toEqual(['l2', 'l1']);
    expect(await ids({ open: false })).toEqual(['l3']);
    expect(await ids({ severity: 'P1' })).toEqual(['l2']);
    expect(await ids({ service: 'also' })).toEqual(['l1']);
    expect(await ids({ limit: 1 })).toEqual(['l3']);
    expect(await ids({ service: '"]; drop table crises; --' })).toEqual([]);
  });

  test('keeps the ledger, and a message never goes back', async () => {
    const at = (seq: number, message: Parameters<typeof delivery>[1]) =>
      store().project(
        projection(crisis({ crisisId: 'ledger', seq, deliveries: { m: delivery('ledger/m', message) } })),
      );
    await at(1, {});
    await at(3, { status: 'acknowledged', sentAt: start + 5, ref: '<ledger@m>', settledAt: start + 9 });
    await at(2, { status: 'sent', sentAt: start + 5 });
    await at(4, { status: 'failed', reason: 'mailbox full' });

    expect(await store().deliveries('ledger')).toEqual([
      delivery('ledger/m', { status: 'acknowledged', sentAt: start + 5, ref: '<ledger@m>', settledAt: start + 9 }),
    ]);
  });

  test("takes a provider's report whether it comes before or after the message is known", async () => {
    const sent = (key: string) => delivery(key, { channel: 'sms', status: 'sent', sentAt: start, ref: `sid-${key}` });
    await store().reportDelivery('sid-early', 'delivered');
    await store().project(
      projection(
        crisis({ crisisId: 'reports', deliveries: { a: sent('early'), b: sent('late'), c: sent('bounced') } }),
      ),
    );
    await store().reportDelivery('sid-late', 'delivered');
    await store().reportDelivery('sid-late', 'sent');
    await store().reportDelivery('sid-bounced', 'failed', 'no such number');

    const found = new Map((await store().deliveries('reports')).map((each) => [each.key, each]));
    expect(found.get('early')).toMatchObject({ status: 'delivered' });
    expect(found.get('late')).toMatchObject({ status: 'delivered' });
    expect(found.get('bounced')).toMatchObject({ status: 'failed', reason: 'no such number' });
  });

  test('lists the messages of open crises that should long have come further, the oldest first', async () => {
    const keep = (crisisId: string, status: Crisis['status'], ...rows: Delivery[]) =>
      store().project(
        projection(
          crisis({
            crisisId,
            correlationKey: crisisId,
            status,
            deliveries: Object.fromEntries(rows.map((row) => [row.key, row])),
          }),
        ),
      );
    const row = (key: string, more: Partial<Delivery>) =>
      delivery(`stuck/${key}`, { intendedAt: start - 3_600_000, ...more });
    const uncertain = { status: 'uncertain', channel: 'sms' } as const;
    await keep(
      'stuck-open',
      'triggered',
      row('later', { status: 'intended', intendedAt: start - 3_000_000 }),
      row('lost', { ...uncertain, ref: 'sid-lost' }),
      row('told', { ...uncertain, kind: 'tell' }),
      row('arrived', { ...uncertain, ref: 'sid-arrived' }),
      row('sent', { status: 'sent' }),
      row('young', { status: 'intended', intendedAt: start }),
    );
    await keep('stuck-answered', 'acknowledged', row('answered', uncertain), row('waiting', { status: 'intended' }));
    await keep('stuck-closed', 'closed', row('closed', { status: 'intended' }));
    await store().reportDelivery('sid-arrived', 'delivered');

    const stuck = await store().stuckDeliveries(new Date(start - 60_000), 50);
    expect(stuck.map(({ crisisId, delivery: { key } }) => [crisisId, key])).toEqual([
      ['stuck-open', 'stuck/lost'],
      ['stuck-answered', 'stuck/waiting'],
      ['stuck-open', 'stuck/later'],
    ]);
    expect(await store().stuckDeliveries(new Date(start - 60_000), 1)).toHaveLength(1);
  });

  test('keeps every alert a crisis took, classified as the crisis was at the time', async () => {
    const tally = (id: string, count: number) => ({ alert: alert(id), count, lastAt: start + count });
    const reclassified = (at: number, severity: 'P0' | 'P1') => ({
      type: 'reclassified' as const,
      at,
      by: 'firebreak',
      classification: classification(severity),
      was: '',
    });
    const events = numbered(
      0,
      { type: 'alerted', at: start, tallies: [tally('a1', 1), tally('a2', 7)] },
      reclassified(start, 'P1'),
      { type: 'alerted', at: start + 10, tallies: [tally('a3', 2)] },
      reclassified(start + 20, 'P0'),
    );
    const other = numbered(7, reclassified(start, 'P0'));
    await store().project(projection(crisis({ crisisId: 'another', seq: 8 }), other));
    await store().project(projection(crisis({ crisisId: 'noisy', seq: 2 }), events.slice(0, 2)));
    await store().project(projection(crisis({ crisisId: 'noisy', seq: 4 }), events));

    const kept = await store().alerts({ crisisId: 'noisy' });
    expect(kept.map(({ id, count, classification: { severity } }) => [id, count, severity]).sort()).toEqual([
      ['noisy/0/0', 1, 'P1'],
      ['noisy/0/1', 7, 'P1'],
      ['noisy/2/0', 2, 'P1'],
    ]);
  });

  test('keeps alerts that opened nothing, once, with the highest count', async () => {
    const record = (count: number) => ({
      id: 'quiet-alert',
      alert: alert('quiet-alert', { receivedAt: start + 1_000_000 }),
      count,
      lastAt: start + count,
      classification: classification('P3'),
    });
    await store().keepAlerts([record(1)]);
    await store().keepAlerts([record(3), record(3)]);
    await store().keepAlerts([record(2)]);
    await store().keepAlerts([]);

    expect(await store().alerts({ limit: 1 })).toEqual([record(3)]);
  });

  test('says what each silence has hidden, with who was behind it, and how much', async () => {
    const hidden = { by: 'ana', reason: 'known', until: start + 5 };
    const record = (id: string, count: number) => ({
      id,
      alert: alert(id, { receivedAt: start }),
      count,
      lastAt: start + count,
      classification: { ...classification('P1'), hiddenBy: 'silence noisy', hidden },
    });
    await store().keepAlerts([record('hidden-1', 2), record('hidden-2', 3)]);

    expect(await store().silenced()).toEqual([
      { name: 'silence noisy', ...hidden, alerts: 5, firstAt: start, lastAt: start + 3 },
    ]);
    expect((await store().alerts({ silenced: true })).map(({ id }) => id)).toEqual(['hidden-2', 'hidden-1']);
  });

  test('writes the archive once, and keeps the first one', async () => {
    const archive = (postmortem: string) => ({
      crisisId: 'over',
      workflowId: 'crisis:over',
      runId: 'r',
      closedAt: start,
      history: { events: [{ eventId: '1' }] },
      postmortem,
    });
    await store().archive(archive('# What happened'));
    await store().archive(archive('# Something else'));

    expect(await store().archived('over')).toEqual(archive('# What happened'));
    expect(await store().archived('under way')).toBeUndefined();
  });

  test('stores texts that PostgreSQL refuses as they are', async () => {
    const nasty = 'a\u0000b \ud800 \u{1f525} \'"; \\u0000';
    const kept = 'ab \ufffd \u{1f525} \'"; \\u0000';
    await store().project(
      projection(
        crisis({ crisisId: 'nasty', title: nasty, deliveries: { d: delivery('nasty/d', { reason: nasty }) } }),
        numbered(0, noted(nasty), {
          type: 'alerted',
          at: start,
          tallies: [{ alert: alert('n', { labels: { [nasty]: nasty } }), count: 1, lastAt: start }],
        }),
      ),
    );

    expect((await store().crisis('nasty'))?.crisis.title).toBe(kept);
    expect((await store().timeline('nasty'))[0]?.event).toMatchObject({ text: kept });
    expect((await store().alerts({ crisisId: 'nasty' }))[0]?.alert.labels).toEqual({ [kept]: kept });
    expect((await store().deliveries('nasty'))[0]?.reason).toBe(kept);
  });

  test('takes a storm of alerts in one projection', async () => {
    const tallies = Array.from({ length: 2_000 }, (_, index) => ({
      alert: alert(`s${index}`),
      count: 1,
      lastAt: start,
    }));
    const events = numbered(0, ...Array.from({ length: 3_000 }, (_, index) => noted(`note ${index}`)), {
      type: 'alerted' as const,
      at: start,
      tallies,
    });
    await store().project(projection(crisis({ crisisId: 'storm', seq: 3_001 }), events));

    expect(await store().timeline('storm')).toHaveLength(3_001);
    expect(await store().alerts({ crisisId: 'storm', limit: 5_000 })).toHaveLength(2_000);
  });

  test('tells its subscribers what was projected, until they leave', async () => {
    const told: unknown[] = [];
    const leave = store().subscribe((change) => told.push(change));
    const seen = { crisisId: 'watched', seq: 9 };
    // On a server the subscription begins a moment after the call; a projection written meanwhile is simply missed.
    for (let round = 0; round < 100 && told.length === 0; round++)
      await store().project(projection(crisis({ crisisId: 'watched', seq: 9 })));
    expect(told[0]).toEqual(seen);

    leave();
    const before = told.length;
    await store().project(projection(crisis({ crisisId: 'watched', seq: 10 })));
    await store().ping();
    expect(told).toHaveLength(before);
  });
});
