import { setTimeout as sleep } from 'node:timers/promises';
import { isStopped, portalProcess } from './portalProcess.js';
import { placesIn, stateOf, textIn } from './place.js';
import { told } from './told.js';

// Shows that the portal is isolated: its process is stopped, whoever asks it gets no answer, and it reads no customer.
await told(async () => {
  const state = stateOf();
  const found = await portalProcess(state);
  if (!found || !isStopped(found)) throw new Error(found ? `process ${found.pid} still runs` : 'there is no process');
  const { portalUrl, accessLog } = placesIn(state);
  const answer = await fetch(`${textIn(portalUrl)}/healthz`, { signal: AbortSignal.timeout(700) }).catch(
    () => undefined,
  );
  if (answer) throw new Error(`the portal answers ${answer.status}`);
  const readByPortal = (): number =>
    textIn(accessLog)
      .split('\n')
      .filter((line) => line.includes(' portal ')).length;
  const before = readByPortal();
  await sleep(300);
  const more = readByPortal() - before;
  if (more > 0) throw new Error(`${more} customers were read since`);
  return `process ${found.pid} is stopped, answers nobody and reads no customer`;
});
