import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { Activities } from '../activities/activities.js';
import type { DrillProcessActivities, DrillRun } from '../activities/drill.js';
import type { Channel } from '../channels/channel.js';
import { createChannels, type Channels } from '../channels/channels.js';
import { drillQueueOf } from '../client/drilling.js';
import { createFirebreak } from '../client/createFirebreak.js';
import { createOpaqueKeys } from '../client/restricting.js';
import type { ActionResult } from '../domain/action.js';
import type { ChannelName } from '../domain/delivery.js';
import type { RunEffect } from '../domain/effect.js';
import { boundSettings, mayReach, refusedByDrill } from '../domain/scenario/bounds.js';
import { channelFault, scriptedResult } from '../domain/scenario/faults.js';
import { scaleScenario } from '../domain/scenario/scale.js';
import type { Settings } from '../domain/settings.js';
import type { Store } from '../store/store.js';
import { createActivities } from './activities.js';
import { boundChannel } from './boundChannel.js';

export type DrillGround = {
  client: Client;
  connection: NativeConnection;
  namespace: string;
  workflowBundle: WorkflowBundleOption;
  run: DrillRun;
  /** The whole configuration; what of it the drill may use is decided here. */
  settings: Settings;
  store: Store;
  signingKey: string;
  commandKeys?: string | undefined;
  writePostmortem: (name: string, text: string) => Promise<void>;
  /** When the scenario began; undefined until it has. */
  startedAt: () => number | undefined;
  begins: (startedAt: number) => void;
};

/** What the scenario does to the world at this moment; before its start, nothing. */
const createScript = ({ run, startedAt }: DrillGround) => {
  const scenario = scaleScenario(run.scenario, run.scale);
  const offset = (): number => {
    const began = startedAt();
    return began === undefined ? -1 : Date.now() - began;
  };
  return {
    fault: (channel: ChannelName, person?: string) =>
      channelFault(scenario, { channel, ...(person !== undefined && { person }) }, offset()),
    resultOf: (actionId: string) => scriptedResult(scenario, actionId, offset()),
  };
};

/** Whose address it is, for a fault that concerns one person. */
const ownerOf = ({ people }: Settings, channel: ChannelName, to: string): string | undefined =>
  Object.entries(people).find(([, { contacts }]) =>
    contacts.some((contact) => contact.channel === channel && contact.to === to),
  )?.[0];

const boundChannels = (ground: DrillGround, bound: Settings): Channels => {
  const { settings, run } = ground;
  const reaches = mayReach(settings, run.scenario);
  const script = createScript(ground);
  const wrap = (inner: Channel): Channel =>
    boundChannel(inner, {
      reaches: (to) => reaches(inner.name, to),
      faultOf: (to) => script.fault(inner.name, ownerOf(bound, inner.name, to)),
    });
  const inner = createChannels(settings.channels, settings.publicUrl);
  return Object.fromEntries(Object.entries(inner).map(([name, channel]) => [name, wrap(channel)]));
};

const scripted = async (
  { tookMs, status, summary = `${status}, as the scenario says` }: NonNullable<ReturnType<typeof scriptedResult>>,
  scale: number,
): Promise<ActionResult> => {
  const startedAt = Date.now();
  await sleep(tookMs / scale);
  return { status, summary, output: '', startedAt, endedAt: Date.now() };
};

/** Only the drill's targets really run; the scenario may answer for any other, and the rest is refused. */
const boundActions = (ground: DrillGround, real: Activities['runAction']): Activities['runAction'] => {
  const { run } = ground;
  const script = createScript(ground);
  return async (effect: RunEffect): Promise<ActionResult> => {
    const said = script.resultOf(effect.actionId);
    if (said) return scripted(said, run.scale);
    if (run.scenario.targets.includes(effect.actionId)) return real(effect);
    const at = Date.now();
    const summary = `${refusedByDrill}: ${effect.actionId} is none of its targets`;
    return { status: 'failed', summary, output: '', startedAt: at, endedAt: at };
  };
};

const refuses = (what: string) => (): Promise<never> =>
  Promise.reject(Object.assign(new Error(`${refusedByDrill}: ${what}`), { name: 'RefusedByDrill' }));

/**
 * The worker of one drill: the same workflows, and activities that reach the drill's audience and targets and nothing else.
 * It polls a task queue of its own, so that no live crisis can come to it and no other drill.
 */
export const createDrillWorker = async (ground: DrillGround): Promise<Worker> => {
  const { client, connection, namespace, workflowBundle, run, settings, store } = ground;
  const { signingKey, commandKeys, writePostmortem } = ground;
  const taskQueue = drillQueueOf(run.drillId);
  const bound = boundSettings(settings, run.scenario);
  const channels = boundChannels(ground, bound);
  const activities = createActivities({
    client,
    firebreak: createFirebreak({
      client,
      settings: () => bound,
      taskQueue,
      now: () => new Date(),
      newId: String,
      opaqueKey: createOpaqueKeys(signingKey),
    }),
    settings: () => bound,
    channels: () => channels,
    store: () => store,
    signingKey,
    commandKeys,
    writePostmortem,
  });
  const ofCrises: Activities = {
    // One by one: what is added to the activities some day has to be decided here as well.
    page: (effect) => activities.page(effect),
    tell: (effect) => activities.tell(effect),
    tellAll: (effects) => activities.tellAll(effects),
    lookUp: (team) => activities.lookUp(team),
    verify: (command) => activities.verify(command),
    project: (projection) => activities.project(projection),
    archive: (input) => activities.archive(input),
    runAction: boundActions(ground, (effect) => activities.runAction(effect)),
    keepAlerts: refuses('its alerts are not kept among the real ones'),
    raise: () => Promise.resolve(),
    // What came too late for a rehearsed crisis opens no other; its end is waited for, so that its history is whole.
    tooLate: async (run) => {
      await activities.tooLate(run);
      return [];
    },
    watchHealth: refuses('it watches no service'),
    openCause: refuses('it opens no crisis of its own'),
    placeParcels: refuses('it takes no alerts from outside'),
    hold: refuses('it takes no alerts from outside'),
  };
  const ofItself: DrillProcessActivities = {
    drillReady: () => Promise.resolve(),
    drillBegins: (startedAt) => {
      ground.begins(startedAt);
      return Promise.resolve();
    },
  };
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle,
    activities: { ...ofCrises, ...ofItself },
    identity: `drill ${run.drillId} ${process.pid}`,
    stickyQueueScheduleToStartTimeout: '1s',
    maxHeartbeatThrottleInterval: '1s',
    shutdownGraceTime: '2s',
    shutdownForceTime: '4s',
  });
};
