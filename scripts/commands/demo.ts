import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import getPort from 'get-port';
import { dataLossStory } from '../demo/dataLoss.js';
import { createNarrator } from '../demo/narrator.js';
import { outageStory } from '../demo/outage.js';
import { securityStory } from '../demo/security.js';
import type { Story } from '../demo/story.js';
import type { Environment } from '../../src/config/environment.js';
import { dataLock } from '../stack/dataLock.js';
import { sayOn, Stop } from '../stack/say.js';
import { environmentOf } from '../stack/settings.js';
import { startStack } from '../stack/stack.js';
import { untilAskedToStop } from '../stack/waiting.js';

type Options = { json?: boolean; keep?: boolean; dir?: string };

const stories: Readonly<Record<string, Story>> = {
  outage: outageStory,
  'data-loss': dataLossStory,
  security: securityStory,
};

/** A place of its own beside the real data, and ports that are free: the demo disturbs nothing that runs. */
const environmentFor = async (folder: string, config: string): Promise<Environment> => {
  const wished = environmentOf();
  return {
    ...wished,
    config,
    data: folder,
    databaseUrl: undefined,
    port: await getPort({ port: wished.port }),
    temporalPort: await getPort({ port: wished.temporalPort }),
    temporalUiPort: await getPort({ port: wished.temporalUiPort }),
    smtpPort: await getPort({ port: wished.smtpPort }),
    mailboxPort: await getPort({ port: wished.mailboxPort }),
  };
};

/** Begins anew, but never under a demo that still runs, and keeps the post-mortems, which people may be reading. */
const cleared = async (folder: string): Promise<void> => {
  const lock = await dataLock(folder);
  try {
    const names = await readdir(folder);
    for (const name of names.filter((each) => each !== 'lock' && !/^postmortem-.*\.md$/.test(each)))
      await rm(join(folder, name), { recursive: true, force: true });
  } finally {
    await lock.release();
  }
};

/** A whole crisis on real systems, by the same worker, API and workflows as in production. */
export const demo = async (name = 'outage', { json = false, keep = false, dir }: Options = {}): Promise<void> => {
  const story = Object.hasOwn(stories, name) ? stories[name] : undefined;
  if (!story) throw new Stop(`there is no story "${name}"; there are ${Object.keys(stories).join(', ')}`, 2);
  const say = sayOn(process.stderr);
  const stopping = untilAskedToStop(say);
  const folder = join(environmentOf().data, 'demo');
  await cleared(folder);
  const to = resolve(dir ?? folder);
  await mkdir(to, { recursive: true });

  say(story.starting);
  const begun = await story.begin(folder, environmentOf().data, say);
  try {
    const environment = await environmentFor(folder, story.config);
    const publicUrl = `http://${environment.host}:${environment.port}`;
    const stack = await startStack({ environment, say, publicUrl, adjust: story.adjust });
    try {
      say(`API ${stack.url}, Temporal ${stack.uiUrl ?? stack.temporalAddress}, mailbox ${stack.mailbox.httpUrl}`);
      const narrator = createNarrator(json, Date.now());
      const told = begun.tell({ stack, narrator, folder: to });
      const file = await Promise.race([
        told,
        stopping.then(() => undefined),
        stack.died.then((why) => Promise.reject(new Stop(why))),
      ]);
      if (file === undefined) throw new Stop('stopped before the end of the story');
      narrator.scene(`The post-mortem is drafted: ${relative('.', file)}`);
      if (keep) {
        say('everything keeps running; Ctrl-C stops it');
        await stopping;
      }
    } finally {
      await stack.stop();
    }
  } finally {
    await begun.stop();
  }
};
