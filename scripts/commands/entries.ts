import type { Command } from 'commander';

type Module = { register(program: Command): void };
type Entry = { name: string; summary: string; load: () => Promise<Module> };

/** Every command, with what the overview says of it. Only the one that is called is loaded, so that it starts at once. */
export const entries: readonly Entry[] = [
  { name: 'up', summary: 'bring up everything in one terminal', load: async () => (await import('./running.js')).up },
  { name: 'worker', summary: 'run a worker', load: async () => (await import('./running.js')).worker },
  { name: 'api', summary: 'run the API', load: async () => (await import('./running.js')).api },
  { name: 'watchdog', summary: 'look after Firebreak itself', load: () => import('./watchdog.js') },
  {
    name: 'demo',
    summary: 'see a whole crisis on the example service',
    load: async () => (await import('./running.js')).demo,
  },
  { name: 'declare', summary: 'declare a crisis', load: () => import('./declare.js') },
  { name: 'list', summary: 'list the crises, and what happens next in each', load: () => import('./list.js') },
  { name: 'show', summary: 'show a crisis on one screen', load: () => import('./show.js') },
  { name: 'do', summary: 'give a crisis a command', load: () => import('./do.js') },
  { name: 'ack', summary: 'acknowledge: you are on it', load: () => import('./ack.js') },
  { name: 'resolve', summary: 'resolve: the cause is gone', load: () => import('./resolve.js') },
  { name: 'timeline', summary: 'tell what has happened in a crisis', load: () => import('./timeline.js') },
  { name: 'runbook', summary: 'list the runbooks, or read one', load: () => import('./runbook.js') },
  { name: 'simulate', summary: 'see what a plan would make of a scenario', load: () => import('./simulate.js') },
  {
    name: 'replay',
    summary: 'take the decisions of a crisis again, with today’s code',
    load: () => import('./replay.js'),
  },
  { name: 'drill', summary: 'rehearse a crisis for real, within bounds', load: () => import('./drill.js') },
  { name: 'postmortem', summary: 'print the draft of the post-mortem', load: () => import('./postmortem.js') },
  {
    name: 'notification',
    summary: 'draft what a regulator is to be told',
    load: () => import('./notification.js'),
  },
  { name: 'key', summary: 'make, list and revoke keys of the API', load: () => import('./key.js') },
  { name: 'audit', summary: 'who did what, and whether that record holds', load: () => import('./audit.js') },
  { name: 'evidence', summary: 'collect, hand over, verify and export evidence', load: () => import('./evidence.js') },
  { name: 'config', summary: 'check the configuration', load: () => import('./config.js') },
  { name: 'doctor', summary: 'find what would go wrong at night', load: () => import('./doctor.js') },
];

/** The overview, with the called command in full. */
export const registerAll = async (program: Command, argv: readonly string[]): Promise<void> => {
  const called = entries.find(({ name }) => name === argv.find((arg) => entries.some((entry) => entry.name === arg)));
  const module = await called?.load();
  for (const { name, summary } of entries)
    if (name === called?.name) module?.register(program);
    else program.command(name).description(summary);
};
