import type { AddressObject, ParsedMail } from 'mailparser';

export type Address = { name: string; address: string };

/** One mail as it was received. `to` holds every recipient the sender named to the server, also those in no header. */
export type Mail = {
  id: string;
  messageId: string;
  receivedAt: Date;
  from: Address;
  to: Address[];
  subject: string;
  text: string;
  html: string | undefined;
  headers: { name: string; value: string }[];
  sizeBytes: number;
};

/** Puts together what the envelope and the message say. */
export function readMail(
  id: string,
  receivedAt: Date,
  envelope: Envelope,
  parsed: ParsedMail,
  sizeBytes: number,
): Mail {
  const named = [parsed.to, parsed.cc].flat().flatMap(addresses);
  const unnamed = envelope.to.filter((address) => !named.some((known) => known.address === address));
  return {
    id,
    messageId: (parsed.messageId ?? '').replace(/^<|>$/g, ''),
    receivedAt,
    from: addresses(parsed.from)[0] ?? { name: '', address: envelope.from },
    to: [...named, ...unnamed.map((address) => ({ name: '', address }))],
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html === false ? undefined : parsed.html,
    headers: parsed.headerLines.map(({ key, line }) => ({
      name: line.slice(0, key.length),
      value: line.slice(key.length + 1).trim(),
    })),
    sizeBytes,
  };
}

/** What the sender told the server, which may differ from the headers. */
export type Envelope = { from: string; to: string[] };

const addresses = (list: AddressObject | undefined): Address[] =>
  (list?.value ?? []).flatMap(({ name, address }) => (address === undefined ? [] : [{ name, address }]));
