import { planFor } from '../../src/client/planning.js';
import type { Course } from '../../src/domain/simulate.js';
import { namesOf } from '../../src/domain/describe/names.js';
import type { Names } from '../../src/domain/describe/words.js';
import type { Event, EventOf, EventType } from '../../src/domain/event.js';
import { momentsOf, type Scenario } from '../../src/domain/scenario.js';
import { receivedOf } from '../../src/domain/scenario/alerting.js';
import { rehearse } from '../../src/domain/scenario/rehearse.js';
import { tellCourse } from '../../src/domain/scenario/told.js';
import { scoreOf } from '../../src/domain/scorecard.js';
import type { Settings } from '../../src/domain/settings.js';
import { rulesOf } from '../../src/client/planning.js';
import { misused } from '../output/fault.js';
import { refuseUnfit } from './fitting.js';

const isA =
  <Type extends EventType>(type: Type) =>
  (event: Event): event is EventOf<Type> =>
    event.type === type;

/** The plan that this configuration would pin for the scenario's first alert. */
const planOf = (scenario: Scenario, settings: Settings, declaredAt: number) => {
  const opening = momentsOf(scenario).find((moment) => 'alert' in moment);
  if (!opening) throw misused('the scenario has no alert');
  const said = { id: 'opening', at: declaredAt };
  const intake = { facts: settings.facts, rules: rulesOf(settings) };
  const { classification } = receivedOf(scenario, opening, said, intake);
  if (classification.severity === 'P3')
    throw misused(
      `the facts of the scenario are classified P3 (${classification.why}): that is recorded and opens nothing`,
    );
  return planFor(settings, scenario.service, classification, declaredAt);
};

/** Who in management hears, when, and how. */
const managementOf = ({ crisis, events }: Course, names: Names) => {
  const since = (at: number) => at - crisis.declaredAt;
  return [
    ...events.filter(isA('managementTold')).map(({ at, rung }) => ({ afterMs: since(at), rung, how: 'told' as const })),
    ...events
      .filter(isA('paged'))
      .filter(({ engagement }) => engagement.startsWith('rung:'))
      .map(({ at, engagement, person, channel }) => ({
        afterMs: since(at),
        rung: engagement.slice('rung:'.length),
        how: 'paged' as const,
        person,
        channel,
      })),
  ]
    .map((one) => ({ ...one, title: names[`rung:${one.rung}`] ?? one.rung }))
    .sort((a, b) => a.afterMs - b.afterMs);
};

export type Simulation = ReturnType<typeof simulateScenario>;

/** The configuration's own plan under a scenario, on the simulated clock. Nothing is sent and nothing is run. */
export const simulateScenario = (scenario: Scenario, settings: Settings, declaredAt: number) => {
  refuseUnfit(scenario, settings);
  const plan = planOf(scenario, settings, declaredAt);
  const course = rehearse({ scenario, plan, declaredAt, facts: settings.facts });
  const { crisis, events } = course;
  const names = namesOf(crisis, course.plan);
  const since = (at: number) => at - crisis.declaredAt;
  return {
    scenario: { id: scenario.id, title: scenario.title },
    plan: { hash: plan.hash, type: plan.playbook.type, service: plan.service },
    declaredAt: crisis.declaredAt,
    classification: crisis.classification,
    status: crisis.status,
    pages: events.filter(isA('paged')).map(({ at, person, channel, to, engagement, key, late }) => ({
      afterMs: since(at),
      person,
      channel,
      to,
      engagement,
      status: crisis.deliveries[key]?.status ?? 'intended',
      ...(late !== undefined && { lateMs: late }),
    })),
    budgets: events.filter(isA('phaseBudgetEnded')).map(({ at, phase, repeat, open }) => ({
      afterMs: since(at),
      phase: plan.playbook.phases[phase]?.id ?? String(phase),
      repeat,
      open,
    })),
    management: managementOf(course, names),
    told: events.filter(isA('told')).map(({ at, template, audience, occasion }) => ({
      afterMs: since(at),
      template,
      audience,
      occasion,
    })),
    procedures: Object.values(crisis.procedures).map(({ id, status, startedAt, endedAt, reason }) => ({
      id,
      status,
      afterMs: since(startedAt),
      ...(endedAt !== undefined && { endedAfterMs: since(endedAt) }),
      ...(reason !== undefined && { reason }),
    })),
    actions: events.filter(isA('actionEnded')).map(({ at, action, purpose, result }) => ({
      afterMs: since(at),
      action,
      purpose,
      status: result.status,
    })),
    course: tellCourse(crisis, events, names),
    scorecard: scoreOf({
      crisis,
      events,
      deliveries: Object.values(crisis.deliveries),
      expect: scenario.expect,
      names,
    }),
  };
};
