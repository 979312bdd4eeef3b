import type { Payload } from '@temporalio/common';
import protobuf from 'protobufjs';

/** Temporal's own message, field by field, so that the codecs of other languages can read what ours wrote. */
const PayloadMessage = new protobuf.Type('Payload')
  .add(new protobuf.MapField('metadata', 1, 'string', 'bytes'))
  .add(new protobuf.Field('data', 2, 'bytes'));

export const packed = ({ metadata, data }: Payload): Uint8Array =>
  PayloadMessage.encode({ metadata: metadata ?? {}, data: data ?? new Uint8Array() }).finish();

export const unpacked = (bytes: Uint8Array): Payload => {
  const { metadata, data } = PayloadMessage.toObject(PayloadMessage.decode(bytes), { defaults: true }) as Payload;
  return { metadata: metadata ?? {}, data: data ?? new Uint8Array() };
};
