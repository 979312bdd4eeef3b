import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Payload } from '@temporalio/common';
import { createOpaqueKeys } from '../../src/client/restricting.js';
import { createEncryption, keyIdOf } from '../../src/codec/encryption.js';
import { keyringFrom } from '../../src/codec/keyring.js';
import { isRestricted } from '../../src/codec/restricted.js';
import { summarise } from '../figures.js';
import { outageOf } from '../ground/api.js';
import { clock } from '../ground/clock.js';
import type { Ground } from '../ground/ground.js';
import { warmUps } from '../ground/settings.js';
import type { Measure } from '../measure.js';

const limitMs = 20_000;
/** One event is too quick for the clock. */
const repeats = 50;

/** Wherever in an event they stand, as the server has them. */
const encryptedIn = (value: unknown): Payload[] => {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  if ('metadata' in value && keyIdOf(value as Payload) !== undefined) return [value as Payload];
  return Object.values(value).flatMap(encryptedIn);
};

/** One alert of a new cause until somebody is paged, and the encrypted payloads of each event up to then. */
const firstPage = async ({ api, sink, client }: Ground, service: string, workflowId: string, facts: object) => {
  sink.forget();
  const { sentAt, acceptedAt } = await api.alert(outageOf(service, { facts }));
  const page = await sink.pageAfter(sentAt, limitMs);
  const handle = client.workflow.getHandle(workflowId);
  const { events = [] } = await handle.fetchHistory();
  await handle.terminate('measured');
  return {
    latencyMs: page.at - acceptedAt,
    events: (events ?? []).map(encryptedIn).filter(({ length }) => length > 0),
  };
};

const timed = async (work: () => unknown): Promise<number> => {
  const began = clock();
  for (let nth = 0; nth < repeats; nth++) await work();
  return (clock() - began) / repeats;
};

/** The same bytes through the cipher alone, there and back. */
const bare = (key: Uint8Array, bytes: Uint8Array): void => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(cipher.getAuthTag());
  Buffer.concat([decipher.update(sealed), decipher.final()]);
};

/** What it costs that a restricted crisis is encrypted: each event's payloads encoded once and decoded once. */
export const measureEncryption: Measure = {
  name: 'encryption',
  run: async ({ ground: lay, sizes }) => {
    const ground = await lay();
    const keyring = keyringFrom(undefined, ground.signingKey);
    const key = keyring.keys[keyring.current];
    if (!key) throw new Error('the ground has no key');
    const codec = createEncryption({ keyring, restricted: isRestricted });
    const opaque = createOpaqueKeys(ground.signingKey);
    const perEvent: number[] = [];
    const bareEvent: number[] = [];
    const shares: number[] = [];
    const latencies = { restricted: [] as number[], open: [] as number[] };
    for (let i = 0; i < warmUps + sizes.encrypted; i++) {
      const service = `shop-${i}`;
      const open = await firstPage(ground, service, `crisis:${service}`, { completeOutage: true });
      await sleep(sizes.pauseMs);
      const restricted = await firstPage(ground, service, opaque(service), { securityBreach: true });
      await sleep(sizes.pauseMs);
      if (i < warmUps) continue;
      const costs: number[] = [];
      for (const payloads of restricted.events) {
        const plain = await codec.decode(payloads);
        costs.push(await timed(async () => codec.decode(await codec.encode(plain))));
        const bytes = plain.map(({ data }) => data ?? new Uint8Array());
        bareEvent.push(await timed(() => bytes.forEach((one) => bare(key, one))));
      }
      perEvent.push(...costs);
      shares.push((costs.reduce((sum, cost) => sum + cost, 0) / restricted.latencyMs) * 100);
      latencies.restricted.push(restricted.latencyMs);
      latencies.open.push(open.latencyMs);
    }
    const latency = summarise(latencies.restricted).p50;
    return [
      {
        name: 'encryption of an event, there and back',
        unit: 'ms',
        samples: perEvent,
        baseline: summarise(bareEvent).p50,
        goal: { says: '≤ 10 % of alert → page', holds: ({ p95 }) => p95 <= latency / 10 },
        note: `of ${shares.length} crises; bare is AES-256-GCM over the same bytes; 10 % of the way to the first page are ${(latency / 10).toFixed(1)} ms`,
      },
      {
        name: 'encryption of all events up to the first page',
        unit: '% of the way',
        samples: shares,
        goal: { says: '≤ 10', holds: ({ p95 }) => p95 <= 10 },
        note: `${(perEvent.length / shares.length).toFixed(0)} events a crisis`,
      },
      {
        name: 'alert accepted → first page, restricted',
        unit: 'ms',
        samples: latencies.restricted,
        baseline: summarise(latencies.open).p50,
        note: 'bare is an outage that is not encrypted, with the checklists of its own type',
      },
    ];
  },
};
