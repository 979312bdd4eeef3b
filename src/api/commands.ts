import { z } from 'zod';
import { CommandRefused } from '../client/firebreak.js';
import type { SigningActor } from '../domain/commandProof.js';
import type { Actor } from '../domain/authenticate.js';
import { commands, openCommandNames, type CommandName } from '../domain/command.js';
import { faultsOf, isObject } from '../intake/fault.js';
import { cleaned, line } from '../intake/text.js';
import { actingAs } from './access.js';
import { CrisisParams } from './bodies.js';
import { documentedBody } from './documentedBody.js';
import { IdempotencyHeaders, idempotencyKeyOf } from './idempotency.js';
import type { Api, Context } from './parts.js';
import { invalid, Problem, problems } from './problem.js';

/** Alerts and evidence come in by their own routes. */
const Name = z.object({ command: z.enum(openCommandNames) });

const CommandBody = z.looseObject({
  command: z.enum(openCommandNames),
  by: z.string().optional().meta({ description: 'who acts; the holder of the key unless said' }),
  id: z.string().max(200).optional().meta({ description: 'sending twice under one id does it once' }),
});

type Read = { name: CommandName; input: Record<string, unknown> & { id: string } };

const readCommand = (body: unknown, idOtherwise: () => string, speaker: (by: unknown) => unknown): Read => {
  const named = Name.safeParse(body);
  if (!named.success || !isObject(body)) throw invalid(faultsOf(named.error?.issues ?? [], body));
  const { command: name, proven, proof, by: said, ...sent } = cleaned(body);
  // Only what this program has proven itself may say so; a sender’s word for it would open every guarded act.
  const vouched = proven !== undefined ? 'proven' : proof !== undefined ? 'proof' : undefined;
  if (vouched !== undefined)
    throw invalid([{ pointer: `/${vouched}`, detail: 'expected nothing here: a sender cannot vouch for itself' }]);
  const by = speaker(typeof said === 'string' ? line(said, Number.POSITIVE_INFINITY) : said);
  const input = { via: 'api', ...sent, ...(by !== undefined && { by }) };
  const parsed = commands[named.data.command].safeParse(input);
  if (!parsed.success) throw invalid(faultsOf(parsed.error.issues, input));
  return { name: name as CommandName, input: { ...input, id: parsed.data.id ?? idOtherwise() } };
};

/** Whom the API vouches for: the holder of the key, in their own name. A machine that speaks for a person proves nobody. */
const voucherOf = (actor: Actor | undefined, by: unknown): SigningActor | undefined =>
  actor?.holder.id === by && actor ? { ...actor.holder, key: actor.key } : undefined;

const AnswerBody = z.object({
  crisisId: z.string(),
  status: z.string(),
  phase: z.string(),
  severity: z.string(),
  seq: z.number().int(),
});

/** What people do in a crisis. */
export const commandRoutes = (app: Api, context: Context): void => {
  const { firebreak, counters, newId } = context;
  app.post(
    '/api/v1/crises/:id/commands',
    {
      schema: {
        operationId: 'command',
        summary: 'Give a crisis a command; what each one takes beside these fields stands in its schema',
        tags: ['crises'],
        params: CrisisParams,
        headers: IdempotencyHeaders,
        body: documentedBody(CommandBody),
        response: {
          200: z.object({ status: z.literal('done'), answer: AnswerBody, id: z.string() }),
          202: z
            .object({ status: z.literal('taken'), id: z.string() })
            .meta({ description: 'durable; no worker was there to answer' }),
          ...problems(400, 401, 403, 404, 409, 413, 415, 422, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const key = idempotencyKeyOf(request);
      const { name, input } = readCommand(
        request.body,
        () => key?.slice(0, 200) ?? newId(),
        (by) => actingAs(request, by),
      );
      if (request.unchecked && name !== 'acknowledge')
        throw new Problem('unreachable', 'keys cannot be checked just now; only acknowledging goes on');
      try {
        const done = await firebreak.command(request.params.id, name, input, voucherOf(request.actor, input['by']));
        counters.add('firebreak_commands_total', { command: name, outcome: done.status });
        return done.status === 'done'
          ? await reply.code(200).send({ ...done, id: input.id })
          : await reply.code(202).send({ ...done, id: input.id });
      } catch (error) {
        const outcome = error instanceof CommandRefused ? 'refused' : 'failed';
        counters.add('firebreak_commands_total', { command: name, outcome });
        throw error;
      }
    },
  );
};
