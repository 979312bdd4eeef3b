import { sql as query } from 'drizzle-orm';
import { restrictedPrefix } from '../domain/crisisId.js';
import type { Sql } from './database.js';
import type { NeededKey } from './store.js';

/** The keys of rows and of archived histories, whose payloads name theirs in base64. */
const asked = query`
  with restricted as (select crisis_id from crises where starts_with(crisis_id, ${restrictedPrefix}))
  select crisis_id, state ->> 'key' as key from crises join restricted using (crisis_id)
  union
  select crisis_id, event ->> 'key' from events join restricted using (crisis_id)
  union
  select crisis_id, alert ->> 'key' from alerts where starts_with(crisis_id, ${restrictedPrefix})
  union
  select crisis_id, case when about like '{"key"%' then about::jsonb ->> 'key' end
    from deliveries join restricted using (crisis_id)
  union
  select crisis_id, case when postmortem like '{"key"%' then postmortem::jsonb ->> 'key' end
    from archives where starts_with(crisis_id, ${restrictedPrefix})
  union
  select crisis_id, convert_from(decode(id #>> '{}', 'base64'), 'UTF8')
    from archives, jsonb_path_query(history, '$.**."encryption-key-id"') as id
    where starts_with(crisis_id, ${restrictedPrefix})`;

/** Which encryption keys the restricted crises here cannot be read without. */
export const readNeededKeys = async (sql: Sql): Promise<NeededKey[]> => {
  const { rows } = (await sql.execute(asked)) as { rows: { crisis_id: string; key: string | null }[] };
  return rows.flatMap(({ crisis_id: crisisId, key }) => (key === null ? [] : [{ key, crisisId }]));
};
