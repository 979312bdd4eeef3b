import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** What Node imports first in a process that runs our TypeScript, wherever that process is started from. */
export const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
