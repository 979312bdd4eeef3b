import { loadTwilio } from './twilioLibrary.js';

/**
 * Whether a request really comes from Twilio: `signature` is its header X-Twilio-Signature, made with the account’s token
 * over `url`, as Twilio was given it, and the form’s fields.
 */
export const verifyTwilio = (
  authToken: string,
  signature: string,
  url: string,
  fields: Readonly<Record<string, string | readonly string[]>>,
): boolean => loadTwilio().validateRequest(authToken, signature, url, fields);
