import { standAlone } from '../stack/alone.js';
import { startWorker } from '../stack/workerPart.js';
import { Stop } from '../stack/say.js';
import { untilAskedToStop } from '../stack/waiting.js';

/** One worker among several, until it is asked to stop. */
export const worker = async (): Promise<void> => {
  let reload: () => void = () => undefined;
  await standAlone(
    () => reload(),
    async (ground) => {
      const stopping = untilAskedToStop(ground.say);
      let died: (why: string) => void = () => undefined;
      const death = new Promise<string>((resolve) => (died = resolve));
      const running = await startWorker(ground, died);
      reload = running.reload;
      ground.say(`worker polls ${ground.temporal.address}, namespace ${ground.temporal.namespace}`);
      const why = await Promise.race([stopping.then(() => undefined), death]);
      await running.stop();
      if (why !== undefined) throw new Stop(why);
    },
  );
};
