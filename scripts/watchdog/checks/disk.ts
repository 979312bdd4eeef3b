import { statfs } from 'node:fs/promises';
import type { Check, Fault } from '../fault.js';

type Disks = { folders: readonly string[]; freePercent: number };

const percent = (part: number, whole: number): number => (whole === 0 ? 100 : (part / whole) * 100);

const faultOf = (folder: string, what: string, left: number, freePercent: number): Fault[] =>
  left >= freePercent
    ? []
    : [
        {
          id: `disks/${folder}/${what}`,
          what: `the disk of ${folder} has ${left.toFixed(1)} % of its ${what} left, less than ${freePercent} %`,
          todo: 'make room: a full disk stops Temporal and the database',
        },
      ];

const look = async (folder: string, freePercent: number): Promise<Fault[]> => {
  // What is kept for root is not ours to use: hence bavail, not bfree.
  const { bavail, blocks, ffree, files } = await statfs(folder);
  return [
    ...faultOf(folder, 'space', percent(bavail, blocks), freePercent),
    ...faultOf(folder, 'inodes', percent(ffree, files), freePercent),
  ];
};

/** Disks that are about to fill up. */
export const diskCheck = (disks: () => Disks): Check => ({
  name: 'disks',
  async look() {
    const { folders, freePercent } = disks();
    return (await Promise.all(folders.map((folder) => look(folder, freePercent)))).flat();
  },
});
