type Timestamp = { seconds?: { toString(): string } | number | null; nanos?: number | null };

/** Protobuf’s moment as milliseconds since 1970. */
export const millisecondsOf = (moment: Timestamp | null | undefined): number | undefined =>
  moment?.seconds == null ? undefined : Number(moment.seconds.toString()) * 1000 + (moment.nanos ?? 0) / 1_000_000;
