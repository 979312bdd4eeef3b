import { Webhook, WebhookVerificationError } from 'standardwebhooks';

/**
 * Why a signed request is not genuine, in words; undefined when it is. By the Standard Webhooks specification: five minutes
 * of tolerance, several signatures for rotation. Header names are in lower case; the body is the exact bytes that came.
 */
export const verifyWebhook = (
  secret: string,
  headers: Readonly<Record<string, string>>,
  rawBody: string,
): string | undefined => {
  try {
    new Webhook(secret).verify(rawBody, headers);
    return undefined;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return error.message;
    throw error;
  }
};
