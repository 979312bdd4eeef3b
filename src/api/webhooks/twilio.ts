import formbody from '@fastify/formbody';
import { z } from 'zod';
import { statusCallbackOf, twilioStatusPath } from '../../domain/statusCallback.js';
import type { DeliveryStatus } from '../../domain/delivery.js';
import { oneLine } from '../../domain/message/inert.js';
import { documentedBody } from '../documentedBody.js';
import type { Api, Context } from '../parts.js';
import { Problem, problems } from '../problem.js';
import { fromStore } from '../reading.js';

const mostBytes = 16_384;

/** Of Twilio’s fields those that we use; a form has many more. */
const Status = z.looseObject({
  MessageSid: z.string().regex(/^[A-Z]{2}[0-9a-f]{32}$/),
  MessageStatus: z.string(),
  ErrorCode: z.string().optional(),
});
const TakenBody = z.object({ taken: z.boolean().meta({ description: 'false when it says nothing new' }) });
const Form = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
type Form = z.infer<typeof Form>;

/**
 * What a status says that we do not know from sending. `queued`, `sending` and `sent` are older news than the channel’s
 * own answer, and must not stand against a later failure.
 */
const meaningOf = (status: string): Extract<DeliveryStatus, 'delivered' | 'failed'> | undefined => {
  if (status === 'delivered' || status === 'read') return 'delivered';
  return ['undelivered', 'failed', 'canceled'].includes(status) ? 'failed' : undefined;
};

/** The form, once it has proved to be Twilio’s. The signed address is the configured one: a Host header can be forged. */
const genuine = ({ settings, verifyTwilio }: Context, signature: unknown, query: string, form: unknown): Form => {
  const now = settings();
  const token = now.channels.sms?.authToken;
  const url = statusCallbackOf(now);
  if (token === undefined || url === undefined || !verifyTwilio)
    throw new Problem('not-found', 'no text messages are sent from here whose reports could be taken');
  const fields = Form.safeParse(form);
  if (
    typeof signature !== 'string' ||
    !fields.success ||
    !verifyTwilio(token, signature, `${url}${query}`, fields.data)
  )
    throw new Problem('forged', 'expected a X-Twilio-Signature over the address that Twilio was given and its form');
  return fields.data;
};

const reasonOf = (status: string, code: string | undefined): string =>
  oneLine(`Twilio: ${status}${code === undefined || code === '' ? '' : ` (${code})`}`);

/** Twilio’s reports on text messages. They say how far a message came, never that a person has answered. */
export const twilioRoutes = async (app: Api, context: Context): Promise<void> => {
  await app.register(formbody, { bodyLimit: mostBytes });
  app.post(
    twilioStatusPath,
    {
      bodyLimit: mostBytes,
      // Proven by Twilio's own signature.
      config: { needs: 'nothing' },
      schema: {
        operationId: 'takeTwilioStatus',
        summary: 'Take Twilio’s report on a text message, signed by Twilio',
        tags: ['webhooks'],
        consumes: ['application/x-www-form-urlencoded'],
        body: documentedBody(Status),
        response: { 200: TakenBody, ...problems(400, 403, 404, 413, 415, 422, 500, 503) },
      },
    },
    async (request) => {
      const query = request.url.slice(twilioStatusPath.length);
      const form = genuine(context, request.headers['x-twilio-signature'], query, request.body);
      const parsed = Status.safeParse(form);
      if (!parsed.success)
        throw new Problem('invalid', `${parsed.error.issues[0]?.path.join('.') ?? 'the form'}: not as Twilio sends it`);
      const { MessageSid, MessageStatus, ErrorCode } = parsed.data;
      const status = meaningOf(MessageStatus);
      if (status) {
        const reason = status === 'failed' ? reasonOf(MessageStatus, ErrorCode) : undefined;
        await fromStore(context, (store) => store.reportDelivery(MessageSid, status, reason));
        context.counters.add('firebreak_delivery_reports_total', { channel: 'sms', status });
      }
      return { taken: status !== undefined };
    },
  );
};
