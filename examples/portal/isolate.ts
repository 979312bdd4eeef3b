import { isStopped, portalProcess } from './portalProcess.js';
import { stateOf } from './place.js';
import { told } from './told.js';

// Isolated, and not powered off: a stopped process answers nobody and sends nothing, and its memory stays for who examines it.
await told(async () => {
  const found = await portalProcess(stateOf());
  if (!found) throw new Error('the portal does not run');
  const release = process.argv.includes('--release');
  if (release === isStopped(found)) process.kill(found.pid, release ? 'SIGCONT' : 'SIGSTOP');
  return `process ${found.pid} ${release ? 'goes on' : 'is stopped, and keeps its memory'}`;
});
