import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { portalProcess } from './portalProcess.js';
import { stateOf } from './place.js';
import { told } from './told.js';

// What a stopped process still shows of itself: what it is, what it has open, and whom it talks to.
await told(async () => {
  const found = await portalProcess(stateOf());
  if (!found) throw new Error('the portal does not run');
  const proc = `/proc/${found.pid}`;
  if (!existsSync(proc)) return `process ${found.pid} (${found.state}): ${found.command}`;
  const open = readdirSync(`${proc}/fd`).map((fd) => `fd ${fd}: ${readlinkSync(`${proc}/fd/${fd}`)}`);
  return [found.command, readFileSync(`${proc}/status`, 'utf8'), ...open, readFileSync(`${proc}/net/tcp`, 'utf8')].join(
    '\n',
  );
});
