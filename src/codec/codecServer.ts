import type { PayloadCodec } from '@temporalio/common';
import { z } from 'zod';
import { NotAuthentic } from './encryption.js';
import { KeysAmiss } from './keyring.js';

const base64 = z.base64('expected base64');

/** Payloads as protobuf's JSON writes them, which is what the Temporal UI and CLI send and expect. */
export const CodecBody = z.object({
  payloads: z
    .array(z.object({ metadata: z.record(z.string(), base64).default({}), data: base64.default('') }))
    .max(10_000)
    .default([]),
});
export type CodecBody = z.infer<typeof CodecBody>;

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const mapped = <From, To>(fields: Readonly<Record<string, From>>, convert: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, convert(value)]));

/**
 * Answers a request to decode, for the Temporal UI of somebody who may see it; that they may is for the caller to find out.
 * A fault says in words what is wrong with the body, the keys or the data.
 */
export const createCodecServer =
  (codec: Pick<PayloadCodec, 'decode'>) =>
  async (body: unknown): Promise<{ answer: CodecBody } | { fault: string }> => {
    const parsed = CodecBody.safeParse(body);
    if (!parsed.success) return { fault: z.prettifyError(parsed.error) };
    try {
      const payloads = await codec.decode(
        parsed.data.payloads.map(({ metadata, data }) => ({
          metadata: mapped(metadata, bytesOf),
          data: bytesOf(data),
        })),
      );
      return {
        answer: {
          payloads: payloads.map(({ metadata, data }) => ({
            metadata: mapped(metadata ?? {}, textOf),
            data: textOf(data ?? new Uint8Array()),
          })),
        },
      };
    } catch (error) {
      if (error instanceof KeysAmiss || error instanceof NotAuthentic) return { fault: error.message };
      throw error;
    }
  };
