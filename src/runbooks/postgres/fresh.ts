import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { close } from './closing.js';
import { readMarks, setMark, type Mark, type Marked } from './mark.js';
import type { Job } from './operation.js';
import { Refusal } from './refusal.js';
import { literal, quoted } from './sql.js';

/** A name in PostgreSQL holds 63 bytes; this leaves room for what is put behind. */
const stemLength = 30;

const stemOf = (name: string): string => `${name.slice(0, stemLength)}_firebreak_`;

/** Every attempt restores under a name of its own: what an earlier one left running can touch nothing but its own. */
const freshName = (name: string): string => `${stemOf(name)}${randomBytes(5).toString('hex')}`;

type Original = {
  encoding: string;
  datcollate: string;
  datctype: string;
  owner: string;
  icu: string | null;
};

const originalOf = `select pg_encoding_to_char(d.encoding) as encoding, d.datcollate, d.datctype, r.rolname as owner,
  case when to_jsonb(d)->>'datlocprovider' = 'i' then coalesce(to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale') end as icu
  from pg_database d join pg_roles r on r.oid = d.datdba where d.datname = $1`;

type Granted = { privilege: string; grantee: string | null; grantable: boolean };

const grantsOf = `select a.privilege_type as privilege, r.rolname as grantee, a.is_grantable as grantable
  from pg_database d cross join lateral aclexplode(d.datacl) a left join pg_roles r on r.oid = a.grantee where d.datname = $1`;

type Setting = { role: string | null; setting: string };

const settingsOf = `select r.rolname as role, unnest(s.setconfig) as setting from pg_db_role_setting s
  join pg_database d on d.oid = s.setdatabase left join pg_roles r on r.oid = s.setrole where d.datname = $1`;

/** A dump holds neither who may connect to its database nor what is set for it: both are taken from the original. */
const copyRights = async (admin: Client, from: string, to: string): Promise<void> => {
  const { rows: grants } = await admin.query<Granted>(grantsOf, [from]);
  if (grants.length > 0) await admin.query(`revoke all on database ${quoted(to)} from public`);
  for (const { privilege, grantee, grantable } of grants)
    await admin.query(
      `grant ${privilege} on database ${quoted(to)} to ${grantee === null ? 'public' : quoted(grantee)}${grantable ? ' with grant option' : ''}`,
    );
  const { rows: settings } = await admin.query<Setting>(settingsOf, [from]);
  for (const { role, setting } of settings) {
    const [name = '', ...value] = setting.split('=');
    if (name === 'default_transaction_read_only') continue;
    const whose = role === null ? `database ${quoted(to)}` : `role ${quoted(role)} in database ${quoted(to)}`;
    // Of a list each part stands by itself; one literal would become one part.
    const parts = /^(search_path|.*_libraries|temp_tablespaces)$/.test(name)
      ? value.join('=')
      : literal(value.join('='));
    await admin.query(`alter ${whose} set ${name} = ${parts === '' ? "''" : parts}`);
  }
};

/** A new, empty and closed database that is like the original but for what is in it, marked as not finished. */
export const createFresh = async ({ admin, database }: Job, mark: Mark): Promise<string> => {
  const { rows } = await admin.query<Original>(originalOf, [database.name]);
  const [like] = rows;
  if (!like) throw new Refusal(`there is no database "${database.name}"`);
  const name = freshName(database.name);
  const icu = like.icu === null ? '' : ` locale_provider icu icu_locale ${literal(like.icu)}`;
  await admin.query(
    `create database ${quoted(name)} template template0 owner ${quoted(like.owner)} encoding ${literal(like.encoding)} lc_collate ${literal(like.datcollate)} lc_ctype ${literal(like.datctype)}${icu}`,
  );
  await setMark(admin, name, mark);
  await close(admin, name, database.serviceRoles);
  await copyRights(admin, database.name, name);
  return name;
};

/** What this crisis has restored beside the database that is used. */
export const freshOnes = async ({ admin, database, crisis }: Job): Promise<Marked[]> =>
  (await readMarks(admin)).filter(
    ({ name, mark }) => name.startsWith(stemOf(database.name)) && mark?.crisis === crisis,
  );

/** Drops what earlier attempts have left unfinished or found bad, with whatever still works on it. */
export const dropLeftovers = async (job: Job): Promise<void> => {
  const { admin, database, crisis, scope } = job;
  const leftovers = (await readMarks(admin)).filter(({ name, mark, comment }) => {
    if (name === database.name || !name.startsWith(stemOf(database.name))) return false;
    // One without a mark was interrupted in the moment of its creation.
    return (comment === null && scope === database.name) || (mark?.crisis === crisis && mark.state !== 'stopped');
  });
  for (const { name } of leftovers) await admin.query(`drop database ${quoted(name)} with (force)`);
};
