import { parseArgs } from 'node:util';
import { fail } from './fail.js';
import { logLevels, writeLogLevel } from './log.js';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { state: { type: 'string' } } });
const level = logLevels.find((each) => each === positionals[0]);
const { state } = values;
if (level === undefined || state === undefined) fail(`usage: logLevel.ts ${logLevels.join('|')} --state DIR`, 2);

writeLogLevel(state, level);
console.log(`the shop logs ${level === 'debug' ? 'every request' : 'faults only'}`);
