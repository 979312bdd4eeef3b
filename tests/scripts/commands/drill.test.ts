import { expect, test } from '@jest/globals';
import { cli } from './support/cli.js';

test('a scale that makes no sense is refused before anything is started', async () => {
  const { code, stderr } = await cli(['drill', 'examples/drills/nobody-answers.yaml', '--scale', '0']);
  expect(code).toBe(2);
  expect(stderr).toContain('--scale: expected a number from 1 to 3600; got "0"');
});

test('a scenario that is not there is named', async () => {
  const { code, stderr } = await cli(['drill', 'nowhere.yaml']);
  expect(code).toBe(2);
  expect(stderr).toContain('nowhere.yaml: there is no such file');
});

test('a schedule wants an interval that people can live with', async () => {
  const { code, stderr } = await cli(['drill', 'schedule', 'examples/drills/nobody-answers.yaml', '--every', '5s']);
  expect(code).toBe(2);
  expect(stderr).toContain('--every: expected a duration of a minute or more');
});

test('planned and held drills are listed by the server that knows them, and without one that is said', async () => {
  const { code, stderr } = await cli(['drill', 'list'], { TEMPORAL_ADDRESS: '127.0.0.1:9' });
  expect(code).toBe(1);
  expect(stderr).toContain('the Temporal server at 127.0.0.1:9 cannot be used');
}, 30_000);
