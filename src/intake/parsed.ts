import type { Alert, DetectionSource } from '../domain/alert.js';
import type { Mapping } from '../domain/settings.js';
import type { Fault } from './fault.js';

/** Who sends and when it arrived. `newId` makes the ids of alerts; `now` is in milliseconds since 1970. */
export type Sender = { detection: DetectionSource; now: number; newId: () => string; mapping?: Mapping | undefined };

/** Someone at the sender has taken the alert of this key: a command for its crisis, not an alert. */
export type Acknowledgement = { dedupKey: string; by: string };

/** What one request said, or every fault found in it. `dedupKey` is the one to answer a PagerDuty sender with. */
export type Parsed = { alerts: Alert[]; acknowledgements?: Acknowledgement[]; dedupKey?: string } | { faults: Fault[] };

/** One alert format: JSON as received, to alerts. Pure, and never throws. */
export type Parse = (body: unknown, sender: Sender) => Parsed;
