import type { Crisis } from '../../src/domain/crisis.js';
import type { Answer, CommandName } from '../../src/domain/command.js';
import type { Names } from '../../src/domain/describe/words.js';
import type { Due } from '../../src/domain/due.js';
import type { Event } from '../../src/domain/event.js';
import type { Facts } from '../../src/domain/facts.js';
import type { Playbook } from '../../src/domain/playbook.js';
import type { AlertRecord } from '../../src/domain/record.js';
import type { Silenced } from '../../src/store/store.js';
import type { ApiKey, KeyHolder, Scope } from '../../src/domain/apiKey.js';
import type { AuditEntry } from '../../src/domain/audit.js';
import type { Sealed } from '../../src/domain/chain.js';
import type { EvidenceEntry } from '../../src/domain/evidence.js';
import type { Verification } from '../../src/domain/verifyPages.js';
import type { Blob } from '../../src/evidence/blobs.js';
import type { Taken } from '../../src/evidence/fromFile.js';
import type { Verdict } from '../../src/evidence/verifying.js';
import { failed } from '../output/fault.js';
import { createRequest, type Request } from './request.js';
import { changesOf, type Change } from './stream.js';

/** A crisis in a list. `asOf` is set when it is the last projection, and not what the crisis itself says. */
export type Listed = { crisis: Crisis; workflowId: string; runId: string; asOf?: number };
/** A crisis, what happens next, and as far as the API says it by what playbook it is run and what its ids are called. */
export type View = Listed & { next: readonly Due[]; playbook?: Playbook; names?: Names };
export type Numbered = { seq: number; event: Event };
export type Declared = {
  crisisId: string;
  outcome: 'crisis' | 'watch' | 'recorded';
  workflowId?: string;
  severity: string;
  rule: string;
  why: string;
};
export type Given = { status: 'done'; id: string; answer: Answer } | { status: 'taken'; id: string };
type Part = { ok: boolean; reason?: string };
export type Readiness = { status: 'ready' | 'degraded' | 'unready'; temporal: Part; store: Part };

export type ListFilter = { open?: boolean; severity?: string; service?: string; limit?: number };
export type Declaration = {
  title: string;
  /** Absent: the holder of the key. */
  by?: string;
  service?: string;
  severity?: string;
  details?: string;
  facts?: Facts;
};

export type ShownKey = Omit<ApiKey, 'secretHash'>;
export type NewKey = { label: string; holder: KeyHolder; scopes: readonly Scope[]; expiresInDays: number };
export type Audited = { seq: number; hash: string; entry: AuditEntry };
export type AuditFilter = { crisisId?: string; who?: string; outcome?: string; limit?: number };

/** `onTimeline`: whether the crisis itself says so too, as it does while it runs; else `why` not. */
export type Kept = Sealed<EvidenceEntry> & { onTimeline: boolean; why?: string };
export type HandOver = { item: string; to: string; why: string; from?: string };
/** `faults` in words; `anchors` is how many entries the timeline vouches for. */
export type EvidenceVerdict = Verdict & {
  crisisId: string;
  anchors: number;
  faults: string[];
  last?: { seq: number; hash: string };
};

export type Draft = { subject: string; text: string; missing: readonly string[] };

export type SilencedList = { silences: (Silenced & { ended: boolean })[]; alerts: AlertRecord[] };

/** All that the command line asks of the API. */
export interface ApiClient {
  readonly address: string;
  list(filter: ListFilter): Promise<Listed[]>;
  view(idOrKey: string): Promise<View>;
  timeline(idOrKey: string): Promise<Numbered[]>;
  declare(declaration: Declaration): Promise<Declared>;
  command(idOrKey: string, command: CommandName, input: Readonly<Record<string, unknown>>): Promise<Given>;
  postmortem(idOrKey: string): Promise<string>;
  /** What a regulator is to be told, as far as it can be written. */
  notification(idOrKey: string, obligation: string): Promise<Draft>;
  /** What silences and maintenance windows hid. */
  silenced(): Promise<SilencedList>;
  readiness(): Promise<Readiness>;
  createKey(key: NewKey): Promise<ShownKey & { text: string }>;
  keys(): Promise<ShownKey[]>;
  revokeKey(id: string): Promise<void>;
  audit(filter: AuditFilter): Promise<Audited[]>;
  /** `anchor`: an entry's number and hash, noted elsewhere before. */
  verifyAudit(anchor?: { seq: number; hash: string }): Promise<Verification>;
  keepContent(idOrKey: string, content: AsyncIterable<Uint8Array>): Promise<Blob>;
  collectEvidence(idOrKey: string, piece: { item: string; method: string } & Taken): Promise<Kept>;
  handOverEvidence(idOrKey: string, handOver: HandOver): Promise<Kept>;
  evidence(idOrKey: string): Promise<{ crisisId: string; entries: Sealed<EvidenceEntry>[] }>;
  verifyEvidence(idOrKey: string): Promise<EvidenceVerdict>;
  /** A tar, as it comes. */
  evidenceBundle(idOrKey: string): Promise<Response>;
  /** Says which crisis has changed, until the signal ends it or the API goes away. */
  changes(signal: AbortSignal): AsyncGenerator<Change>;
}

const queryOf = (filter: Readonly<Record<string, string | number | boolean>>): string => {
  const given = Object.entries(filter).map(([name, value]) => [name, String(value)]);
  return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : '';
};

const jsonOf = async <T>(address: string, answer: Promise<Response>, needs: string): Promise<T> => {
  const body: unknown = await (await answer).json().catch(() => undefined);
  if (typeof body === 'object' && body !== null && needs in body) return body as T;
  throw failed(`what answers at ${address} is not Firebreak: expected "${needs}" in its answer`);
};

const readiness = async (address: string): Promise<Readiness> => {
  // Not ready is an answer as well, and comes as 503.
  const answer = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(10_000) });
  return jsonOf<Readiness>(address, Promise.resolve(answer), 'temporal');
};

const pathOf = (idOrKey: string, more = ''): string => `/api/v1/crises/${encodeURIComponent(idOrKey)}${more}`;

/** The API at an address, as functions; what goes wrong is thrown as a `Fault` a person can read. */
export const createApiClient = (address: string, request: Request = createRequest(address)): ApiClient => {
  const get = <T>(path: string, needs: string) => jsonOf<T>(address, request(path), needs);
  const post = <T>(path: string, body: unknown, needs: string) =>
    jsonOf<T>(address, request(path, { method: 'POST', body }), needs);
  return {
    address,
    list: async (filter) => (await get<{ crises: Listed[] }>(`/api/v1/crises${queryOf(filter)}`, 'crises')).crises,
    view: (idOrKey) => get<View>(pathOf(idOrKey), 'crisis'),
    timeline: async (idOrKey) => (await get<{ events: Numbered[] }>(pathOf(idOrKey, '/timeline'), 'events')).events,
    declare: (declaration) => post<Declared>('/api/v1/crises', declaration, 'crisisId'),
    command: (idOrKey, command, input) => post<Given>(pathOf(idOrKey, '/commands'), { command, ...input }, 'status'),
    postmortem: async (idOrKey) => (await request(pathOf(idOrKey, '/postmortem'), { accept: 'text/markdown' })).text(),
    notification: (idOrKey, obligation) =>
      get<Draft>(pathOf(idOrKey, `/notifications/${encodeURIComponent(obligation)}`), 'missing'),
    silenced: () => get<SilencedList>('/api/v1/alerts?silenced=1', 'silences'),
    readiness: () => readiness(address),
    createKey: (key) => post<ShownKey & { text: string }>('/api/v1/keys', key, 'text'),
    keys: async () => (await get<{ keys: ShownKey[] }>('/api/v1/keys', 'keys')).keys,
    revokeKey: async (id) => {
      await post<{ revoked: string }>(`/api/v1/keys/${encodeURIComponent(id)}/revoke`, {}, 'revoked');
    },
    audit: async (filter) => (await get<{ entries: Audited[] }>(`/api/v1/audit${queryOf(filter)}`, 'entries')).entries,
    verifyAudit: (anchor) => get<Verification>(`/api/v1/audit/verification${queryOf(anchor ?? {})}`, 'faults'),
    keepContent: (idOrKey, content) =>
      jsonOf<Blob>(
        address,
        request(pathOf(idOrKey, '/evidence/contents'), { method: 'POST', content, patient: true }),
        'sha256',
      ),
    collectEvidence: (idOrKey, piece) => post<Kept>(pathOf(idOrKey, '/evidence'), piece, 'entry'),
    handOverEvidence: (idOrKey, handOver) => post<Kept>(pathOf(idOrKey, '/evidence/hand-overs'), handOver, 'entry'),
    evidence: (idOrKey) => get(pathOf(idOrKey, '/evidence'), 'entries'),
    verifyEvidence: (idOrKey) =>
      jsonOf<EvidenceVerdict>(address, request(pathOf(idOrKey, '/evidence/verification'), { patient: true }), 'faults'),
    evidenceBundle: (idOrKey) =>
      request(pathOf(idOrKey, '/evidence/bundle'), { accept: 'application/x-tar', patient: true }),
    changes: (signal) => changesOf(request, signal),
  };
};
