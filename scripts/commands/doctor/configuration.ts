import type { Settings } from '../../../src/domain/settings.js';
import { readSettings } from '../../../src/config/settings.js';
import { reading, shown } from '../../stack/settings.js';
import { fail, ok, warn, type Finding } from './finding.js';

const secretsOf = ({ channels, sources }: Settings): [string, string | undefined][] => [
  ['channels.email.password', channels.email?.password],
  ['channels.sms.authToken', channels.sms?.authToken],
  ['channels.webhook.secret', channels.webhook?.secret],
  ...Object.entries(sources).map(([id, { secret }]): [string, string | undefined] => [`sources.${id}.secret`, secret]),
];

const secrets = (settings: Settings): Finding[] =>
  secretsOf(settings).flatMap(([path, secret]) =>
    secret?.trim() === '' ? [fail('secrets', `${path} is empty`, 'set the variable that it names')] : [],
  );

const channels = ({ channels: { email } }: Settings): Finding[] =>
  email
    ? []
    : [
        warn(
          'channels',
          'no mail server is configured: mails reach only the development mailbox of `up` and `demo`',
          'name one under channels.email',
        ),
      ];

/** The configuration file: faults, warnings, and secrets that were filled in with nothing. */
export const examineConfiguration = async (
  file: string,
): Promise<{ findings: Finding[]; settings: Settings | undefined }> => {
  const read = await readSettings(file, reading());
  const warnings = read.warnings.map((each) => warn('configuration', shown(each)));
  if ('faults' in read)
    return {
      findings: [
        ...read.faults.map((each) => fail('configuration', shown(each), 'mend it; config check says the same')),
        ...warnings,
      ],
      settings: undefined,
    };
  const { settings } = read;
  return {
    findings: [ok('configuration', `${file} is valid`), ...warnings, ...secrets(settings), ...channels(settings)],
    settings,
  };
};
