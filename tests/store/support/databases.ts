import pg from 'pg';

/** Makes an empty database of this name on the server, and answers its address. */
export const createDatabase = async (serverUrl: string, name: string): Promise<string> => {
  const client = new pg.Client(serverUrl);
  await client.connect();
  await client.query(`create database "${name}"`);
  await client.end();
  return Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
};
