import { expect, test } from '@jest/globals';
import { ownUrl } from '../../../scripts/stack/ownUrl.js';
import { Settings } from '../../../src/domain/settings.js';

const unsaid = Settings.shape.publicUrl.parse(undefined);

test.each([
  ['to where this start listens', unsaid, '127.0.0.1', 7651, 'http://127.0.0.1:7651'],
  ['to this machine where it listens everywhere', unsaid, '0.0.0.0', 7400, 'http://127.0.0.1:7400'],
  ['to an address of six', unsaid, '::1', 7400, 'http://[::1]:7400'],
  [
    'to where the configuration says',
    'https://firebreak.example.com',
    '127.0.0.1',
    7651,
    'https://firebreak.example.com',
  ],
])('the links in messages lead %s', (_, publicUrl, host, port, url) => {
  expect(ownUrl(publicUrl, { host, port })).toBe(url);
});
