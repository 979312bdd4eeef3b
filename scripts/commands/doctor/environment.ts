import { readEnvironment, type Environment, type Variables } from '../../../src/config/environment.js';
import { fail, ok, warn, type Finding } from './finding.js';

const shared = ({ databaseUrl, signingKey }: Environment): Finding[] =>
  databaseUrl !== undefined && signingKey === undefined
    ? [
        warn(
          'environment',
          'FIREBREAK_SIGNING_KEY is not set: worker and API in processes of their own do not start without it',
          'set it to at least 32 characters, the same for all; `up` alone makes its own',
        ),
      ]
    : [];

/** Our variables: each wrong one by its name. */
export const examineEnvironment = (env: Variables): { findings: Finding[]; environment: Environment | undefined } => {
  const read = readEnvironment(env);
  if ('faults' in read)
    return {
      findings: read.faults.map(({ name, message }) =>
        fail('environment', `${name} ${message}`, `mend or unset ${name}`),
      ),
      environment: undefined,
    };
  const { environment } = read;
  return {
    findings: [ok('environment', `data in ${environment.data}`), ...shared(environment)],
    environment,
  };
};
