import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const releases = join(dirname(fileURLToPath(import.meta.url)), 'releases');

const Deployments = z.object({
  /** Oldest first; the last one is current. */
  versions: z.array(z.string()).default([]),
  /** What each rollback went back to, by the key of its run, so that running it twice goes back once. */
  rollbacks: z.record(z.string(), z.string()).default({}),
});
export type Deployments = z.infer<typeof Deployments>;

/** The one file that says which release runs. Whoever changes it deploys. */
export const pointerOf = (state: string): string => join(state, 'deployments.json');

/** The program of a release, or undefined when there is no such release. */
export const programOf = (version: string): string | undefined => {
  const program = join(releases, version, 'main.js');
  return /^\d+\.\d+\.\d+$/.test(version) && existsSync(program) ? program : undefined;
};

export const readDeployments = (state: string): Deployments =>
  Deployments.parse(existsSync(pointerOf(state)) ? JSON.parse(readFileSync(pointerOf(state), 'utf8')) : {});

/** Written beside and moved into place, so that nobody ever reads half of it. */
export const writeDeployments = (state: string, deployments: Deployments): void => {
  mkdirSync(state, { recursive: true });
  const draft = `${pointerOf(state)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(deployments, null, 2)}\n`);
  renameSync(draft, pointerOf(state));
};

/** A release goes out and becomes the current one. */
export const deployed = ({ versions, rollbacks }: Deployments, version: string): Deployments => ({
  versions: versions.at(-1) === version ? versions : [...versions, version],
  rollbacks,
});

/** The release before the current one becomes current, once for each key; undefined when there is none before it. */
export const rolledBack = ({ versions, rollbacks }: Deployments, key: string): Deployments | undefined => {
  if (Object.hasOwn(rollbacks, key)) return { versions, rollbacks };
  const to = versions.at(-2);
  return to === undefined ? undefined : { versions: versions.slice(0, -1), rollbacks: { ...rollbacks, [key]: to } };
};
