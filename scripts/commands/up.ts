import pc from 'picocolors';
import { sayOn, Stop } from '../stack/say.js';
import { environmentOf } from '../stack/settings.js';
import { startStack, type Stack } from '../stack/stack.js';
import { untilAskedToStop } from '../stack/waiting.js';

const addresses = ({ url, uiUrl, temporalAddress, mailbox, ground }: Stack): string =>
  [
    '',
    pc.bold('Firebreak is up.'),
    `  API            ${pc.cyan(url)}   (alerts: POST ${url}/api/v1/alerts/alertmanager)`,
    `  Temporal       ${uiUrl === undefined ? temporalAddress : `${pc.cyan(uiUrl)}   (${temporalAddress})`}`,
    `  Mailbox        ${pc.cyan(mailbox.httpUrl)}   (${mailbox.smtpUrl})`,
    `  Configuration  ${ground.environment.config}`,
    `  Data           ${ground.environment.data}`,
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
