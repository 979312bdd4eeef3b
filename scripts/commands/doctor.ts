import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Environment } from '../../src/config/environment.js';
import type { Settings } from '../../src/domain/settings.js';
import { colours, print, printJson } from '../output/terminal.js';
import { examineActions } from './doctor/actions.js';
import { examineApi } from './doctor/api.js';
import { examineAuthority } from './doctor/authority.js';
import { examineConfiguration } from './doctor/configuration.js';
import { examineEnvironment } from './doctor/environment.js';
import { examineEvidence } from './doctor/evidence.js';
import { examined, type Finding } from './doctor/finding.js';
import { examineOnCall, examinePeople } from './doctor/people.js';
import { examineSchedules } from './doctor/schedules.js';
import { apiOf, withApi, withExamples, type ApiOptions } from './options.js';

type Options = ApiOptions & { config?: string; rehearse?: boolean };

const marks: Record<Finding['level'], string> = {
  ok: colours.green('ok  '),
  warn: colours.yellow('warn'),
  fail: colours.red('fail'),
};

const shown = ({ level, about, message, todo }: Finding): string =>
  `${marks[level]}  ${about.padEnd(16)}${message}${todo === undefined ? '' : `\n${' '.repeat(22)}${colours.dim(`→ ${todo}`)}`}`;

/** What opens databases is only loaded where there is one. */
const backups = async (settings: Settings, rehearsed: boolean): Promise<Finding[]> => {
  if (Object.keys(settings.databases).length === 0) return [];
  const { examineBackups } = await import('./doctor/backups.js');
  return examineBackups(settings, { environment: process.env, now: Date.now(), rehearsed });
};

const organisation = async (settings: Settings, { rehearse = false }: Options): Promise<Finding[]> => {
  const now = Date.now();
  return [
    ...(await examined('people', () => examinePeople(settings))),
    ...(await examined('on call', () => examineOnCall(settings, now))),
    ...(await examined('authority', () => examineAuthority(settings))),
    ...(await examined('schedules', () => examineSchedules(settings, now))),
    ...(await examined('actions', () => examineActions(settings, process.env))),
    ...(await backups(settings, rehearse)),
  ];
};

const machine = async (environment: Environment, running: boolean): Promise<Finding[]> => {
  const [{ examineBinary, examinePorts }, { examineDatabase, examineTemporal }] = await Promise.all([
    import('./doctor/machine.js'),
    import('./doctor/reach.js'),
  ]);
  const server = await examined('Temporal', examineTemporal);
  const ownServer = server.length === 0;
  return [
    ...server,
    ...(await examined('database', () => examineDatabase(environment.databaseUrl))),
    ...(ownServer ? await examined('temporal binary', () => examineBinary(environment)) : []),
    ...(await examined('ports', () => examinePorts(environment, running, ownServer))),
  ];
};

/** Whether somebody has said that the API is there. */
const isNamed = ({ url }: Options): boolean => url !== undefined || Boolean(process.env['FIREBREAK_URL']);

const examine = async (options: Options): Promise<Finding[]> => {
  const { findings: ofEnvironment, environment } = examineEnvironment(process.env);
  const file = options.config ?? environment?.config ?? (process.env['FIREBREAK_CONFIG'] || 'firebreak.yaml');
  const { findings: ofConfiguration, settings } = await examineConfiguration(resolve(file));
  const api = await examineApi(apiOf(options), isNamed(options));
  return [
    ...ofEnvironment,
    ...ofConfiguration,
    ...(settings ? await organisation(settings, options) : []),
    ...(settings && environment
      ? await examined('evidence', () => examineEvidence(settings.evidence.store, environment.data))
      : []),
    ...api.findings,
    ...(environment ? await machine(environment, api.running) : []),
  ];
};

const doctor = async (options: Options): Promise<void> => {
  const findings = await examine(options);
  const count = (level: Finding['level']) => findings.filter((each) => each.level === level).length;
  const counts = { ok: count('ok'), warn: count('warn'), fail: count('fail') };
  if (counts.fail > 0) process.exitCode = 1;
  if (options.json) printJson({ healthy: counts.fail === 0, ...counts, findings });
  else
    print(
      [...findings.map(shown), '', `${counts.ok} ok, ${counts.warn} to look at, ${counts.fail} failing`].join('\n'),
    );
};

export const register = (program: Command): void => {
  const command = withApi(program.command('doctor'))
    .option('--config <file>', 'the configuration; else FIREBREAK_CONFIG, else firebreak.yaml')
    .option('--rehearse', 'restore the newest backup of each database beside it, validate it, and drop it again')
    .description(
      'Find what would go wrong at night: settings, people, schedules, servers, ports. Exits 1 on a failure.',
    )
    .action(doctor);
  withExamples(
    command,
    ['doctor', 'on this machine'],
    ['doctor --url https://firebreak.example.com', 'against an API elsewhere'],
    ['doctor --rehearse', 'at night, from a timer: whether the backups can be restored'],
    ['doctor --json | jq \'.findings[] | select(.level != "ok")\'', 'only what needs care'],
  );
};
