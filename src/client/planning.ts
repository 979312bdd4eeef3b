import { createHash } from 'node:crypto';
import type { Classification, CrisisType } from '../domain/classification.js';
import type { Rung } from '../domain/paging.js';
import { engineVersion, type Plan } from '../domain/plan.js';
import type { Playbook } from '../domain/playbook.js';
import { obligationsOf } from '../domain/regulatory/obligations.js';
import { rosterAt } from '../domain/roster.js';
import type { Service, Settings } from '../domain/settings.js';
import type { Severity } from '../domain/severity.js';
import { withDatabase } from '../domain/databaseActions.js';
import { dataLoss } from '../playbooks/dataLoss.js';
import { defaultRungs } from '../playbooks/ladder.js';
import { defaultRules } from '../playbooks/matrix.js';
import { defaultPolicies } from '../playbooks/policies.js';
import { compliance } from '../playbooks/compliance.js';
import { productionOutage } from '../playbooks/productionOutage.js';
import { securityIncident } from '../playbooks/securityIncident.js';
import { defaultCadence, defaultTellings, securityTellings } from '../playbooks/tellings.js';
import { watch } from '../playbooks/watch.js';

const builtIn: Record<CrisisType | 'compliance', Playbook> = {
  productionOutage,
  securityIncident,
  compliance,
  dataLoss,
  watch,
};

const playbookFor = (settings: Settings, name: CrisisType | 'compliance'): Playbook =>
  settings.playbooks[name] ?? builtIn[name];

/** A violation of law without a breach has checklists of its own, in the workflow of a security incident. */
const playbookNamed = (classification: Classification): CrisisType | 'compliance' => {
  const type = typeFor(classification);
  const { legalViolation, securityBreach } = classification.facts;
  return type === 'securityIncident' && legalViolation && !securityBreach ? 'compliance' : type;
};

/** The playbook a classification asks for: P2 is a watch, whatever it would be at a higher severity. */
const typeFor = ({ severity, type }: Classification): CrisisType =>
  severity === 'P2' || severity === 'P3' ? 'watch' : type === 'watch' ? 'productionOutage' : type;

/** A rung of the configuration that says only who it is takes its times and facts from the seed. */
const withDefaults = (rung: Rung): Rung => {
  const known = defaultRungs.find(({ id }) => id === rung.id);
  return known && rung.engageAfterMs === undefined && rung.engageOn.length === 0
    ? { ...known, people: rung.people }
    : rung;
};

const policiesFor = (settings: Settings, teamId: string): Plan['policies'] => {
  const named = settings.teams[teamId]?.policies;
  const policy = (severity: Severity, id: string | undefined) =>
    (id === undefined ? undefined : settings.policies[id]) ?? settings.policies[severity] ?? defaultPolicies[severity];
  return {
    P0: policy('P0', named?.P0),
    P1: policy('P1', named?.P1),
    P2: policy('P2', named?.P2),
    P3: policy('P3', undefined),
  };
};

/** The rules that classify, of the configuration or else the seed's. */
export const rulesOf = (settings: Settings) => settings.rules ?? defaultRules;

/** Which cause an alert belongs to, and which service of ours it names. */
export const serviceOf = (
  settings: Settings,
  named: string | undefined,
): { id: string; service: Service } | undefined => {
  if (named === undefined) return undefined;
  const service = settings.services[named];
  if (service) return { id: named, service };
  const found = Object.entries(settings.services).find(
    ([, { name }]) => name !== undefined && name.toLowerCase() === named.toLowerCase(),
  );
  return found && { id: found[0], service: found[1] };
};

const hashOf = (pinned: Omit<Plan, 'hash' | 'roster'>): string =>
  createHash('sha256').update(JSON.stringify(pinned)).digest('hex');

/** The plan with some of it changed, under the hash of what it is now. */
export const changedPlan = ({ hash: _hash, roster, ...pinned }: Plan, changes: Partial<Plan>): Plan => {
  const changed = { ...pinned, ...changes };
  return { ...changed, hash: hashOf(changed), roster };
};

/** Nothing of regulators, where the configuration names none. */
const regulatoryOf = ({ regulatory: { regimes, zone, obligations } }: Settings): Pick<Plan, 'regulatory'> =>
  regimes.length > 0 ? { regulatory: { zone, obligations: obligationsOf(regimes, obligations) } } : {};

/** Whom a security crisis names from its first moment: who leads it, and who is told of it. */
const namedBy = ({ security, audiences }: Settings): string[] => {
  const told = (security.tellings ?? securityTellings).flatMap(({ audience }) => audiences[audience]?.people ?? []);
  return [...new Set([...security.people, ...told])];
};

/** All that a crisis will decide by, pinned now. `atMs` is when who is on call is looked up. */
export const planFor = (
  settings: Settings,
  serviceName: string | undefined,
  classification: Classification,
  atMs: number,
): Plan => {
  const known = serviceOf(settings, serviceName);
  const playbook = playbookFor(settings, playbookNamed(classification));
  const isRestricted = playbook.type === 'securityIncident';
  const called = isRestricted ? settings.security.team : undefined;
  const team = called ?? known?.service.team ?? settings.defaultTeam;
  const id = known?.id ?? serviceName ?? 'unknown';
  const pinned = {
    engine: engineVersion,
    organisation: settings.organisation,
    publicUrl: settings.publicUrl,
    ...(settings.bridge !== undefined && { bridge: settings.bridge }),
    service: { id, name: known?.service.name ?? id, team },
    playbook,
    ...(playbook.type === 'watch' && { promotesTo: playbookFor(settings, 'productionOutage') }),
    policies: policiesFor(settings, team),
    ladder: settings.ladder.map(withDefaults),
    rules: rulesOf(settings),
    audiences: settings.audiences,
    tellings: isRestricted ? (settings.security.tellings ?? securityTellings) : (settings.tellings ?? defaultTellings),
    cadence: settings.cadence ?? defaultCadence,
    ...withDatabase(settings, known?.service),
    monitoring: {
      actions: known?.service.monitoring ?? [],
      probes: known
        ? [known.id, ...known.service.dependsOn].filter((service) => settings.services[service]?.healthCheck)
        : [],
    },
    flapping: settings.flapping,
    ...regulatoryOf(settings),
    ...(isRestricted ? { restricted: { people: namedBy(settings) } } : { separatesAttacks: true as const }),
    approvalLapsesAfterMs: settings.approvalLapsesAfterMs,
    authority: settings.authority,
    raiseAfterMs: {
      ...(settings.raise.P1 !== undefined && { P1: settings.raise.P1 }),
      ...(settings.raise.P2 !== undefined && { P2: settings.raise.P2 }),
    },
  };
  return { ...pinned, hash: hashOf(pinned), roster: rosterAt(settings, team, atMs) };
};
