import { afterAll, beforeAll } from '@jest/globals';
import { scaled } from '../support/random.js';
import { settingsFor } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { testStream } from '../support/streamed.js';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand(settingsFor);
}, 120_000);
afterAll(() => stand.stop(), 60_000);

testStream(() => stand, { wanted: scaled(12_000), senders: 2, way: 'signalled' });
testStream(() => stand, { wanted: scaled(12_000), senders: 16, way: 'answered' });
