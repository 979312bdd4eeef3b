import { expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRunbooks } from '../../src/runbooks/markdown.js';

const folderWith = (files: Record<string, string>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'runbooks-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

const sound = `---
id: checkout-down
title: Checkout is down
services: [shop]
actions:
  look:
    kind: http
    title: Look
    url: \${env:SHOP_URL}/healthz
    timeoutMs: 3s
---

# Checkout is down

Roll back first.
`;

test('reads a runbook with its text and its actions, durations and environment filled in', () => {
  const { runbooks, faults } = readRunbooks(folderWith({ 'a.md': sound, 'README.md': 'about' }), {
    SHOP_URL: 'http://shop',
  });

  expect(faults).toEqual([]);
  expect(runbooks).toMatchObject([
    {
      id: 'checkout-down',
      services: ['shop'],
      types: [],
      text: '# Checkout is down\n\nRoll back first.',
      actions: { look: { kind: 'http', url: 'http://shop/healthz', timeoutMs: 3000, risk: 'guarded' } },
    },
  ]);
});

test.each<[string, string, number, string]>([
  ['no front matter', '# Just text', 1, 'expected YAML front matter'],
  ['broken YAML', '---\nid: a\ntitle: [open\n---\ntext', 3, 'Flow sequence'],
  ['an unknown key', sound.replace('services:', 'service:'), 1, 'service'],
  ['a wrong duration', sound.replace('3s', 'soon'), 10, 'actions.look.timeoutMs: expected a duration'],
  ['an unknown kind', sound.replace('kind: http', 'kind: magic'), 7, 'actions.look.kind'],
  ['a placeholder of no parameter', sound.replace('/healthz', '/{{page}}'), 6, '{{page}} stands for no parameter'],
  ['a missing variable', sound.replace('SHOP_URL', 'SHOP_ADDRESS'), 9, 'SHOP_ADDRESS is not set'],
  ['a crisis type that does not exist', sound.replace('actions:', 'types: [flood]\nactions:'), 5, 'types.0'],
])('names %s with its file and line, and reads the others', (_, text, line, message) => {
  const folder = folderWith({ 'bad.md': text, 'good.md': sound.replace('checkout-down', 'good') });
  const { runbooks, faults } = readRunbooks(folder, { SHOP_URL: 'http://shop' });

  expect(faults).toEqual([{ file: join(folder, 'bad.md'), line, message: expect.stringContaining(message) }]);
  expect(runbooks.map(({ id }) => id)).toEqual(['good']);
});

test('names the second of two runbooks with one id', () => {
  const { faults } = readRunbooks(folderWith({ 'a.md': sound, 'b.md': sound }), { SHOP_URL: 'http://shop' });

  expect(faults).toMatchObject([{ line: 2, message: 'id: another runbook is called checkout-down' }]);
});

test('names a folder that is not there', () => {
  expect(readRunbooks('/no/such/folder', {}).faults).toMatchObject([{ file: '/no/such/folder', line: 1 }]);
});

test('what the documentation shows of actions is read as it stands there', () => {
  const blocks = [...readFileSync('docs/runbooks.md', 'utf8').matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text);
  expect(blocks.length).toBeGreaterThan(2);
  const files = blocks.map((text, nth) => [`${nth}.md`, `---\nid: shown-${nth}\ntitle: Shown\n${text}---\n\nText.\n`]);

  const { runbooks, faults } = readRunbooks(folderWith(Object.fromEntries(files) as Record<string, string>), {});
  expect(faults).toEqual([]);
  expect(runbooks).toHaveLength(blocks.length);
});
