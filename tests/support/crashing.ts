import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientInterceptors } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';
import type { Channels } from '../../src/channels/channels.js';
import type { RunEffect } from '../../src/domain/effect.js';
import type { Store } from '../../src/store/store.js';

const steps = ['claim', 'send', 'record', 'return', 'start', 'result', 'signal', 'approve'] as const;

/** Once before and once after each durable step. */
export const crashPoints = steps.flatMap((step) => [`before ${step}`, `after ${step}`] as const);
export type CrashPoint = (typeof crashPoints)[number];

const armed = (dataDir: string): string => join(dataDir, 'crash');

/** Whichever process comes to this point first ends there. */
export const arm = (dataDir: string, point: CrashPoint): void => writeFileSync(armed(dataDir), point);

const wanted = (dataDir: string): string | undefined => {
  try {
    return readFileSync(armed(dataDir), 'utf8');
  } catch {
    return undefined;
  }
};

/** Whether the armed point has been reached. */
export const hasCrashed = (dataDir: string): boolean => wanted(dataDir) === undefined;

/** Where the actions of a sweep note that they run, by their key. */
export const actionLog = (dataDir: string): string => join(dataDir, 'actions.log');

/** The same, read. */
export const actionsRun = (dataDir: string): string[] => {
  try {
    return readFileSync(actionLog(dataDir), 'utf8').trim().split('\n');
  } catch {
    return [];
  }
};

/** A worker has told the server within this time, or the crash was as good as before. */
const toldAfterMs = 50;

/** The points at which a process of this folder may end, wrapped around what the product is given anyway. */
export const crashingIn = (dataDir: string) => {
  const at = (point: CrashPoint): void => {
    if (wanted(dataDir) !== point) return;
    renameSync(armed(dataDir), join(dataDir, point));
    process.kill(process.pid, 'SIGKILL');
  };
  const around = async <T>(step: (typeof steps)[number], work: () => Promise<T>): Promise<T> => {
    at(`before ${step}`);
    const result = await work();
    at(`after ${step}`);
    return result;
  };
  const soon = (point: CrashPoint) => setTimeout(() => at(point), toldAfterMs);
  const onceItRuns = ({ key }: RunEffect): NodeJS.Timeout =>
    setInterval(() => {
      if (actionsRun(dataDir).includes(key)) at('after start');
    }, 20);

  const activity = (name: string): ActivityInboundCallsInterceptor => ({
    execute: async (input, next) => {
      if (name === 'page') at('after claim');
      const runs = name === 'runAction' && (input.args[0] as RunEffect).purpose === 'do';
      if (runs) at('before start');
      const watching = runs ? onceItRuns(input.args[0] as RunEffect) : undefined;
      const result = await next(input).finally(() => clearInterval(watching));
      if (name === 'page') at('before return');
      if (name === 'page') soon('after return');
      if (runs) at('before result');
      if (runs) soon('after result');
      return result;
    },
  });
  /** What a workflow task has decided passes here before the server is told of it. */
  const codec: PayloadCodec = {
    encode: (payloads) => {
      const text = payloads.map(({ data }) => Buffer.from(data ?? []).toString('utf8'));
      if (text.some((one) => one.startsWith('{"kind":"page"'))) at('before claim');
      return Promise.resolve(payloads);
    },
    decode: (payloads) => Promise.resolve(payloads),
  };
  const channels = (given: Channels): Channels =>
    Object.fromEntries(
      Object.entries(given).map(([name, channel]) => [
        name,
        { ...channel, send: (...sent: Parameters<typeof channel.send>) => around('send', () => channel.send(...sent)) },
      ]),
    );
  const store = (given: Store): Store => ({
    ...given,
    project: (projection) =>
      projection.events.some(({ event }) => event.type === 'pageSettled')
        ? around('record', () => given.project(projection))
        : given.project(projection),
  });
  const client: ClientInterceptors = {
    workflow: [
      {
        signalWithStart: (input, next) => around('signal', () => next(input)),
        startUpdate: (input, next) =>
          input.updateName === 'approve' ? around('approve', () => next(input)) : next(input),
      },
    ],
  };
  return { activity, codec, channels, store, client };
};

export type Crashing = ReturnType<typeof crashingIn>;
