import type { PostgresAction } from './action.js';
import { databaseOperations, type Database, type DatabaseOperation } from './database.js';
import type { Service, Settings } from './settings.js';

type Kind = Pick<PostgresAction, 'title' | 'risk'> & { parameters?: PostgresAction['parameters'] };

/** Restoring happens beside the data that is used, and looking changes nothing; the other three change what people work with. */
const kinds: Record<DatabaseOperation, Kind> = {
  stopWrites: { title: 'Stop writes to', risk: 'guarded' },
  assess: { title: 'Assess the damage of', risk: 'safe' },
  listBackups: { title: 'List the backups of', risk: 'safe' },
  restore: {
    title: 'Restore a backup of',
    risk: 'safe',
    parameters: { older: { type: 'number', pattern: '\\d{1,4}', default: 0, secret: false } },
  },
  validate: {
    title: 'Validate what was restored of',
    risk: 'safe',
    parameters: { of: { type: 'string', oneOf: ['restored', 'live'], default: 'restored', secret: false } },
  },
  switchOver: { title: 'Switch over to what was restored of', risk: 'destructive' },
  resumeWrites: { title: 'Resume writes to', risk: 'guarded' },
  watchData: { title: 'Look at the data of', risk: 'safe' },
  rehearse: { title: 'Rehearse the recovery of', risk: 'safe' },
};

const lookMs = 300_000;

/** With archived WAL a person may name the moment, as where they know when the release went out. Absent: it is looked for. */
const moment = {
  type: 'string' as const,
  pattern: '(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,6})?)?(Z|[+-]\\d\\d:\\d\\d))?',
  default: '',
  secret: false,
};

const parametersOf = (operation: DatabaseOperation, { backups }: Database): PostgresAction['parameters'] => ({
  ...kinds[operation].parameters,
  ...(operation === 'restore' && backups.wal && { moment }),
});

const actionOn = (id: string, database: Database, operation: DatabaseOperation): PostgresAction => {
  const { title, risk } = kinds[operation];
  return {
    kind: 'postgres',
    operation,
    database,
    title: `${title} ${id}`,
    risk,
    parameters: parametersOf(operation, database),
    timeoutMs: operation === 'restore' || operation === 'rehearse' ? database.restoreWithinMs : lookMs,
    idempotent: true,
    mayRun: ['incident-commander', 'technical-lead', 'operations-lead', 'data-engineer'],
    approvals: 1,
    preAuthorisedForMs: database.preAuthorisedForMs,
  };
};

/** What one operation on a database of the configuration is, by its id; undefined where there is no such database. */
export const databaseAction = (
  { databases }: Pick<Settings, 'databases'>,
  id: string,
  operation: DatabaseOperation,
): PostgresAction | undefined => databases[id] && actionOn(id, databases[id], operation);

const nameOf = (id: string, operation: DatabaseOperation): string => `${id}-${operation}`;

/** Every action that can be named: those of the configuration, and those that its databases bring. */
export const actionNames = ({ actions, databases }: Pick<Settings, 'actions' | 'databases'>): string[] => [
  ...Object.keys(actions),
  ...Object.keys(databases).flatMap((id) => databaseOperations.map((operation) => nameOf(id, operation))),
];

/** The actions and slots of a service, with those that its database brings. What the configuration names itself stays. */
export const withDatabase = (
  { actions, databases }: Settings,
  service: Service | undefined,
): { actions: Settings['actions']; slots: Service['slots'] } => {
  const { slots = {}, database: id } = service ?? {};
  const database = id === undefined ? undefined : databases[id];
  if (id === undefined || !database) return { actions, slots };
  const brought = databaseOperations.map((operation) => [operation, nameOf(id, operation)] as const);
  return {
    actions: {
      ...Object.fromEntries(brought.map(([operation, name]) => [name, actionOn(id, database, operation)])),
      ...actions,
    },
    slots: { ...Object.fromEntries(brought), ...slots },
  };
};
