import { userInfo } from 'node:os';
import { execa } from 'execa';

export type ServerUser = { uid: number; gid: number };

/** PostgreSQL refuses to run as root: whom to run it as instead, when we are. Undefined: as we are. */
export const serverUser = async (): Promise<ServerUser | undefined> => {
  if (userInfo().uid !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => execa('id', [flag, name], { reject: false })));
    if (uid?.failed === false && gid?.failed === false) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody to run it as');
};
