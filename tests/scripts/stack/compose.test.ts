import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { readEnvironment } from '../../../src/config/environment.js';

const Service = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  ports: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()).optional(), disable: z.boolean().optional() }).optional(),
  deploy: z.object({ replicas: z.number() }).optional(),
});
const Compose = z.object({ services: z.record(z.string(), Service) });

const given: Record<string, string> = { POSTGRES_PASSWORD: 'secret', FIREBREAK_SIGNING_KEY: 'k'.repeat(32) };
const interpolated = (text: string): string =>
  text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest?: string) => {
    const value = given[name] ?? (kind === '-' ? rest : undefined);
    if (value === undefined) throw new Error(`${name} has no value`);
    return value;
  });

const readCompose = async () =>
  Compose.parse(parse(interpolated(await readFile('docker-compose.yml', 'utf8')), { merge: true })).services;

test('the compose file gives worker and API an environment that they accept', async () => {
  const { api, worker } = await readCompose();
  const variables = (service: typeof api) =>
    Object.fromEntries(Object.entries(service?.environment ?? {}).map(([name, value]) => [name, String(value)]));

  expect(readEnvironment(variables(api))).toMatchObject({
    environment: {
      host: '0.0.0.0',
      port: 7400,
      databaseUrl: 'postgresql://firebreak:secret@postgres:5432/firebreak',
    },
  });
  const aboutMemory = { MALLOC_ARENA_MAX: '2', NODE_OPTIONS: '--max-semi-space-size=4' };
  expect(variables(worker)).toEqual({ ...variables(api), ...aboutMemory });
  expect(worker?.deploy?.replicas).toBe(2);
  expect([api?.command, worker?.command]).toEqual([['api'], ['worker']]);
});

test('nothing in the compose file listens beyond this machine', async () => {
  const ports = Object.values(await readCompose()).flatMap((service) => service.ports);

  expect(ports.length).toBeGreaterThan(0);
  expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
});

test('whoever is waited for to be healthy can say so', async () => {
  const services = await readCompose();
  const awaited = Object.values(services).flatMap(({ depends_on }) =>
    Object.entries(depends_on).flatMap(([name, { condition }]) => (condition === 'service_healthy' ? [name] : [])),
  );

  for (const name of new Set(awaited)) expect(services[name]?.healthcheck?.test).toBeDefined();
});
