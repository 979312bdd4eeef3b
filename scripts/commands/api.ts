import { standAlone } from '../stack/alone.js';
import { startApi } from '../stack/parts.js';
import { untilAskedToStop } from '../stack/waiting.js';

/** The API by itself, until it is asked to stop. */
export const api = async (): Promise<void> => {
  const { ground, close } = await standAlone(() => undefined);
  const stopping = untilAskedToStop(ground.say);
  const running = await startApi(ground);
  ground.say(`API at ${running.url}, crises at ${ground.temporal.address}`);
  await stopping;
  await running.stop();
  await close();
};
