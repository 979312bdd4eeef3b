/** One request of the load generator. However often it was sent under its id, it shall count once. */
export type Asked = {
  what: 'alert' | 'acknowledge' | 'command';
  id: string;
  cause: string;
  sentAt: number;
  /** When the first 2xx came; absent when no answer ever said that it was taken. */
  takenAt?: number;
};

/** A page as Temporal's history has it: scheduled as an activity, and what that said became of it. */
export type PageSeen = {
  key: string;
  person: string;
  decidedAt: number;
  outcome: 'open' | 'sent' | 'failed' | 'uncertain' | 'cancelled';
};

/** A crisis by the server's own record of all its runs. */
export type CrisisSeen = {
  cause: string;
  crisisId: string;
  beganAt: number;
  alertIds: readonly string[];
  commandIds: readonly string[];
  pages: readonly PageSeen[];
};

/** What SQL says of a crisis: its ledger, and how many alerts it counts. */
export type Booked = {
  crisisId: string;
  alertCount: number;
  rows: readonly { key: string; status: string }[];
};

/** One message as its receiver noted it; `at` is when its transmission began. */
export type Receipt = {
  sink: 'mail' | 'webhook';
  at: number;
  crisisId: string;
  /** What the receiver could fold repeats by: a Message-ID, a webhook-id. */
  id: string;
  to: string;
  /** It says itself that it may be a repeat. */
  marked: boolean;
  /** It says itself that it comes late, since we had been away. */
  late: boolean;
};

/** Who shall be called when while nobody answers, in the words of the run itself: a rota of its own, not the product's. */
export type Promised = {
  steps: readonly { afterMs: number; people: readonly string[] }[];
  /** Where each person is reached. */
  addresses: Readonly<Record<string, string>>;
};

/** All that was seen of one run. Times are milliseconds since 1970, of one machine's clock. */
export type Observations = {
  asked: readonly Asked[];
  crises: readonly CrisisSeen[];
  booked: readonly Booked[];
  receipts: readonly Receipt[];
  promised: Promised;
  /** By which id a receiver knows the message of a key, where that is not the key itself. */
  ids: Readonly<Record<string, string>>;
  endedAt: number;
};

/** What the judge lets pass. */
export type Limits = {
  /** Later than this after its time a page is late. */
  lateMs: number;
  /** A page that begins within this time of the answer to an acknowledgement was on its way already. */
  inFlightMs: number;
  /** Clocks of processes on one machine read this far apart. */
  clockMs: number;
};

export const usualLimits: Limits = { lateMs: 10_000, inFlightMs: 1_000, clockMs: 20 };
