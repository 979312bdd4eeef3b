import { execa } from 'execa';

const made = new Map<string, Promise<string>>();

const make = async (program: string): Promise<string> => {
  // The libraries are found from where it lies.
  const file = `node_modules/.cache/firebreak/${program}-${process.pid}.mjs`;
  await execa('node', ['--import', 'tsx', 'tests/support/oneFile.ts', `./${program}`, file]);
  return file;
};

/** The file that runs a program of this folder: a single one, made once for all its processes. */
export const programFile = (program: string): Promise<string> => {
  const file = made.get(program) ?? make(program);
  made.set(program, file);
  return file;
};
