import { expect, test } from '@jest/globals';
import { currentDetails } from '../../../src/domain/details.js';
import { due } from '../../../src/domain/engine/clocks.js';
import type { Event } from '../../../src/domain/event.js';
import { crisisOf, plan } from './crisis.js';
import { at, declared, everyEvent } from './timeline.js';

const opened: Event[] = [declared, everyEvent.engagementOpened, everyEvent.phaseEntered];
const shown = (events: readonly Event[], now: number): string => {
  const crisis = crisisOf(events);
  return currentDetails(crisis, due(crisis, plan), now, plan);
};

test('shows severity, status, why, and that nobody has answered yet', () => {
  const details = shown(opened, at(1));

  expect(details).toContain('## P0 critical · triggered · Shop is down');
  expect(details).toContain('**Why:** Complete service outage (completeOutage=true)');
  expect(details).toContain('**Answered:** nobody yet; waiting for an answer: the response');
});

test('shows the clock of the phase, and what happens next and when', () => {
  const details = shown(opened, at(1));

  expect(details).toContain('**Phase:** 1: Immediate response (0-5 minutes) (1m since the start, its time ends in 4m)');
  expect(details).toContain('page the primary (Ana), first step for the response');
  expect(details).toContain('in 4m (03:05:00 UTC): end the time of phase 1');
});

test('shows who has answered, who does what, and what is still open', () => {
  const details = shown([...opened, everyEvent.acknowledged, everyEvent.assigned, everyEvent.taskDone], at(4));

  expect(details).toContain('**Answered:** Ana for the response');
  expect(details).toContain('Incident Commander: Cem');
  expect(details).toContain('Activate incident commander role (Incident Commander)');
  expect(details).not.toContain('Assess scope and impact (');
});

test('marks what the last phase left undone as overdue', () => {
  expect(shown([...opened, { ...everyEvent.phaseEntered, phase: 1 }], at(6))).toContain(', **overdue**)');
});

test('shows procedures with what they ask, and requests that wait for an approval', () => {
  const procedure: Event[] = [everyEvent.procedureStarted, everyEvent.procedureAsks, everyEvent.approvalRequested];
  const details = shown([...opened, ...procedure], at(4));

  expect(details).toContain('Initial mitigation: asking, step 1. **Asks:** did it work?');
  expect(details).toContain('### Waiting for an approval');
});

test('does without the plan, and renders what came from outside inert', () => {
  const crisis = crisisOf([{ ...declared, title: '<b>[x](http://evil.example)</b>' }]);
  const details = currentDetails(crisis, [], at(1));

  expect(details).toContain(String.raw`&lt;b&gt;\[x\](http:\//evil.example)&lt;/b&gt;`);
  expect(details).not.toMatch(/undefined|NaN/);
});
