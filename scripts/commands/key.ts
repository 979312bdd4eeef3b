import type { Command } from 'commander';
import { Scope, scopes, type KeyHolder } from '../../src/domain/apiKey.js';
import type { ShownKey } from '../client/api.js';
import { misused } from '../output/fault.js';
import { table } from '../output/table.js';
import { colours, print, printJson } from '../output/terminal.js';
import { apiOf, withApi, withExamples, type ApiOptions } from './options.js';

type Creating = ApiOptions & { person?: string; machine?: string; scope?: string[]; days: string; label?: string };

/** What a person works with, and what a monitor sends by; more is given by name. */
const usual: Record<KeyHolder['kind'], readonly Scope[]> = {
  person: ['crises:read', 'crises:command'],
  machine: ['alerts:write'],
};

const holderOf = ({ person, machine }: Creating): KeyHolder => {
  if ((person === undefined) === (machine === undefined))
    throw misused('say whose key it is: either --person <id of the configuration> or --machine <name>');
  return person === undefined ? { kind: 'machine', id: machine ?? '' } : { kind: 'person', id: person };
};

const scopesOf = (said: readonly string[]): Scope[] =>
  said.map((each) => {
    const parsed = Scope.safeParse(each);
    if (!parsed.success) throw misused(`--scope: expected one of ${scopes.join(', ')}; got "${each}"`);
    return parsed.data;
  });

const daysOf = (said: string): number => {
  if (!/^[1-9]\d{0,3}$/.test(said)) throw misused(`--days: expected a whole number from 1 to 3650; got "${said}"`);
  return Number(said);
};

const create = async (options: Creating): Promise<void> => {
  const holder = holderOf(options);
  const given = options.scope ? scopesOf(options.scope) : usual[holder.kind];
  const expiresInDays = daysOf(options.days);
  const label = options.label ?? `${holder.kind} ${holder.id}`;
  const key = await apiOf(options).createKey({ label, holder, scopes: given, expiresInDays });
  if (options.json) {
    printJson(key);
    return;
  }
  print(`${colours.green('✔')} ${colours.bold(key.text)}`);
  print(`A key of ${holder.kind} ${holder.id} for ${given.join(', ')}, until ${day(key.expiresAt)}.`);
  print('It is shown this once. Use it: FIREBREAK_KEY=<key> npx firebreak …, or Authorization: Bearer <key>.');
};

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

const standingOf = ({ revokedAt, expiresAt }: ShownKey): string => {
  if (revokedAt !== undefined) return `revoked ${day(revokedAt)}`;
  return expiresAt <= Date.now() ? `expired ${day(expiresAt)}` : `until ${day(expiresAt)}`;
};

const list = async (options: ApiOptions): Promise<void> => {
  const keys = await apiOf(options).keys();
  if (options.json) {
    printJson({ keys });
    return;
  }
  const rows = keys.map((key) => [
    key.id,
    `${key.holder.kind} ${key.holder.id}`,
    key.scopes.join(' '),
    `…${key.lastFour}`,
    standingOf(key),
  ]);
  print(table(['ID', 'HOLDER', 'FOR', 'ENDS IN', 'STANDING'], rows));
};

const revoke = async (id: string, options: ApiOptions): Promise<void> => {
  await apiOf(options).revokeKey(id);
  if (options.json) printJson({ revoked: id });
  else print(`${colours.green('✔')} ${id} is revoked.`);
};

export const register = (program: Command): void => {
  const key = program.command('key').description('Make, list and revoke the keys by which the API knows who asks.');
  const repeated = (value: string, before: string[] = []) => [...before, value];
  withApi(key.command('create'))
    .description('Make a key; it is shown once.')
    .option('--person <id>', 'a person of the configuration')
    .option('--machine <name>', 'a program, such as a monitor')
    .option('--scope <scope>', `what for, may be repeated: ${scopes.join(', ')}`, repeated)
    .option('--days <n>', 'how long it holds', '365')
    .option('--label <text>', 'what it is, for the list')
    .action(create);
  withApi(key.command('list')).description('Every key there is or was, without its secret.').action(list);
  withApi(key.command('revoke').argument('<id>', 'the key’s id')).description('Take a key back.').action(revoke);
  withExamples(
    key,
    ['key create --person ana', 'for Ana to command with'],
    ['key create --machine alertmanager --days 90', 'for a monitor to send alerts by'],
    ['key revoke k3v9x2m1q8za', 'at once here, within seconds everywhere'],
  );
};
