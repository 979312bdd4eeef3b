import pc from 'picocolors';
import { sayOn, Stop } from '../stack/say.js';
import { administratorKeyFile } from '../stack/administrator.js';
import { environmentOf } from '../stack/settings.js';
import { startStack, type Stack } from '../stack/stack.js';
import { untilAskedToStop } from '../stack/waiting.js';

/** Shown once; the command line of this machine finds it by itself. */
const administratorShown = ({ newKey, ground }: Stack): string[] =>
  newKey === undefined
    ? []
    : [
        `  Administrator  ${newKey}`,
        `                 shown this once, kept in ${administratorKeyFile(ground.environment.data)}, taken from this machine alone`,
      ];

const addresses = (stack: Stack): string => addressesOf(stack, administratorShown(stack));

const addressesOf = ({ url, uiUrl, temporalAddress, mailbox, ground }: Stack, administrator: string[]): string =>
  [
    '',
    pc.bold('Firebreak is up.'),
    `  API            ${pc.cyan(url)}   (alerts: POST ${url}/api/v1/alerts/alertmanager)`,
    `  Temporal       ${uiUrl === undefined ? temporalAddress : `${pc.cyan(uiUrl)}   (${temporalAddress})`}`,
    `  Mailbox        ${pc.cyan(mailbox.httpUrl)}   (${mailbox.smtpUrl})`,
    `  Configuration  ${ground.environment.config}`,
    `  Data           ${ground.environment.data}`,
    ...administrator,
    '',
    `  Try it:        npx firebreak declare "checkout is down" --service shop --severity P0`,
    `                 npx firebreak list`,
    '',
    'Ctrl-C stops everything in order.',
    '',
  ].join('\n');

/** Everything in one terminal, until it is asked to stop. */
export const up = async (): Promise<void> => {
  const say = sayOn(process.stderr);
  const stopping = untilAskedToStop(say);
  const stack = await startStack({ environment: environmentOf(), say });
  process.stdout.write(addresses(stack));
  const why = await Promise.race([stopping.then(() => undefined), stack.died]);
  await stack.stop();
  if (why !== undefined) throw new Stop(why);
  say('stopped');
};
