import type { Action, ParameterValues } from '../domain/action.js';
import { createCommandKind } from './command.js';
import { createGitHubKind } from './github.js';
import { createHttpKind } from './http.js';
import { createKubernetesKind } from './kubernetes/kubernetes.js';
import { createPostgresKind } from './postgres/postgres.js';
import { createTemporalKind } from './temporal.js';
import type { ActionKind, Running } from './kind.js';
import { failed } from './verdict.js';

export type Kinds = { readonly [Kind in Action['kind']]: ActionKind<Kind> };

type Needs = {
  /** Where programs get PATH, HOME and LANG from. */
  environment?: Readonly<Record<string, string | undefined>>;
  now?: () => number;
  /** Absent: evidence is kept elsewhere, and an action that collects any fails. */
  collect?: ActionKind<'collect'>;
};

const collectsNothing = (now: () => number): ActionKind<'collect'> => ({
  kind: 'collect',
  run: () =>
    Promise.resolve({ ...failed('this worker keeps no evidence'), output: '', startedAt: now(), endedAt: now() }),
});

/** Every kind of action there is, by its name. */
export const createKinds = ({ environment = process.env, now = Date.now, collect }: Needs = {}): Kinds => ({
  collect: collect ?? collectsNothing(now),
  command: createCommandKind(environment, now),
  http: createHttpKind(now),
  postgres: createPostgresKind(environment, now),
  temporal: createTemporalKind(environment, now),
  github: createGitHubKind(environment, now),
  kubernetes: createKubernetesKind(now),
});

/** Runs an action by the kind it names. */
export const runByKind = (kinds: Kinds, action: Action, parameters: ParameterValues, running: Running) => {
  switch (action.kind) {
    case 'command':
      return kinds.command.run(action, parameters, running);
    case 'http':
      return kinds.http.run(action, parameters, running);
    case 'postgres':
      return kinds.postgres.run(action, parameters, running);
    case 'temporal':
      return kinds.temporal.run(action, parameters, running);
    case 'collect':
      return kinds.collect.run(action, parameters, running);
    case 'github':
      return kinds.github.run(action, parameters, running);
    case 'kubernetes':
      return kinds.kubernetes.run(action, parameters, running);
  }
};
