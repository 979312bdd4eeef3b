import { createRequire } from 'node:module';
import type twilio from 'twilio';

/** Twilio's library, loaded where text messages are configured: nothing else takes a program so long to load, or 20 MiB. */
export const loadTwilio = (): typeof twilio => createRequire(import.meta.url)('twilio') as typeof twilio;
