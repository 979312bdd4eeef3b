import { counted } from '../../src/domain/describe/words.js';
import type { Settings } from '../../src/domain/settings.js';

const names = (section: Readonly<Record<string, unknown>>): string => {
  const all = Object.keys(section);
  return all.length > 8 ? `${all.slice(0, 8).join(', ')} and ${all.length - 8} more` : all.join(', ') || 'none';
};

/** What a configuration holds, in a few lines. */
export const configurationSummary = (settings: Settings): string => {
  const { organisation, services, teams, people, schedules, actions, channels, ladder, audiences, rules } = settings;
  const watched = Object.values(services).filter(({ healthCheck }) => healthCheck).length;
  return [
    ['Organisation', organisation],
    ['Services', `${names(services)} (${watched} watched by health checks)`],
    ['Teams', names(teams)],
    ['People', `${counted(Object.keys(people).length, 'person', 'people')}: ${names(people)}`],
    ['Schedules', names(schedules)],
    ['Ladder', ladder.map(({ id }) => id).join(', ') || 'none'],
    ['Audiences', names(audiences)],
    ['Channels', names(channels)],
    ['Actions', names(actions)],
    ['Rules', rules ? counted(rules.length, 'rule of its own', 'rules of its own') : 'the built-in matrix'],
  ]
    .map(([name, value]) => `  ${(name ?? '').padEnd(14)}${value ?? ''}`)
    .join('\n');
};
