import { administratorKeyFile, administratorKeyIn } from '../stack/administrator.js';
import { standAlone } from '../stack/alone.js';
import { startApi } from '../stack/apiPart.js';
import { untilAskedToStop } from '../stack/waiting.js';

/** The API by itself, until it is asked to stop. */
export const api = (): Promise<void> =>
  standAlone(
    () => undefined,
    async (shared) => {
      const { key: administrator } = await administratorKeyIn(shared.environment.data, Date.now());
      const ground = { ...shared, administrator };
      const stopping = untilAskedToStop(ground.say);
      const running = await startApi(ground);
      const { data } = ground.environment;
      ground.say(`the administrator's key, for this machine alone, is in ${administratorKeyFile(data)}`);
      ground.say(`API at ${running.url}, crises at ${ground.temporal.address}`);
      await stopping;
      await running.stop();
    },
  );
