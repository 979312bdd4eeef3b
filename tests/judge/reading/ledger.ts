import pg from 'pg';
import type { Crisis } from '../../../src/domain/crisis.js';
import type { Booked } from '../observations.js';

/** What SQL has of every crisis, read by SQL of its own. */
export const readBooks = async (databaseUrl: string): Promise<Booked[]> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const crises = await client.query<{ crisis_id: string; state: Crisis }>('select crisis_id, state from crises');
    const rows = await client.query<{ crisis_id: string; key: string; status: string }>(
      `select crisis_id, key, status from deliveries where kind = 'page'`,
    );
    return crises.rows.map(({ crisis_id: crisisId, state }) => ({
      crisisId,
      alertCount: state.alertCount,
      rows: rows.rows.filter((row) => row.crisis_id === crisisId).map(({ key, status }) => ({ key, status })),
    }));
  } finally {
    await client.end();
  }
};
