import type { Payload, PayloadCodec } from '@temporalio/common';
import { keyIdOf, ownerOf } from './encryption.js';
import { KeysAmiss } from './keyring.js';
import { NotAuthentic } from './sealing.js';

/** A payload as protobuf's JSON writes it, its bytes in base64: what the Temporal UI and CLI send and expect. */
export type WirePayload = { metadata: Record<string, string>; data: string };

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const mapped = <From, To>(fields: Readonly<Record<string, From>>, convert: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, convert(value)]));

const fromWire = ({ metadata, data }: WirePayload): Payload => ({
  metadata: mapped(metadata, bytesOf),
  data: bytesOf(data),
});
const toWire = ({ metadata, data }: Payload): WirePayload => ({
  metadata: mapped(metadata ?? {}, textOf),
  data: textOf(data ?? new Uint8Array()),
});

/** `refused` names the workflows whose payloads stay as they came; undefined where nobody can tell whose one is. */
type Decoded = { payloads: WirePayload[]; decoded: number; refused: (string | undefined)[] };

/**
 * Decodes and encodes for Temporal's own tools. Whether somebody may see what belongs to a workflow is asked once for each;
 * what is refused stays as it came, and is named. A fault says in words what is wrong with the keys or the data.
 */
export const createCodecServer = (codec: PayloadCodec) => ({
  decode: async (
    sent: readonly WirePayload[],
    may: (owner: string | undefined) => Promise<boolean>,
  ): Promise<Decoded | { fault: string }> => {
    const payloads = sent.map(fromWire);
    const isSecret = payloads.map((payload) => keyIdOf(payload) !== undefined);
    const owners = [...new Set(payloads.filter((_, index) => isSecret[index]).map(ownerOf))];
    const allowed = new Map(await Promise.all(owners.map(async (owner) => [owner, await may(owner)] as const)));
    const isOpen = (payload: Payload, index: number): boolean =>
      isSecret[index] === true && allowed.get(ownerOf(payload)) === true;
    try {
      const decoded = await Promise.all(
        payloads.map(async (payload, index) =>
          isOpen(payload, index) ? ((await codec.decode([payload]))[0] ?? payload) : payload,
        ),
      );
      return {
        payloads: decoded.map(toWire),
        decoded: payloads.filter(isOpen).length,
        refused: owners.filter((owner) => !allowed.get(owner)),
      };
    } catch (error) {
      if (error instanceof KeysAmiss || error instanceof NotAuthentic) return { fault: error.message };
      throw error;
    }
  },
  /** Nobody says for which workflow, so it is encrypted whichever it is. */
  encode: async (sent: readonly WirePayload[]): Promise<WirePayload[]> =>
    (await codec.encode(sent.map(fromWire))).map(toWire),
});
