import { describe, expect, test } from '@jest/globals';
import { approvalsNeeded } from '../../../src/domain/approvalsNeeded.js';
import { renderTell } from '../../../src/domain/message/tell.js';
import { publicStages, templateNames, type MessageFields, type TemplateName } from '../../../src/domain/telling.js';
import { fields, sparse } from './fields.js';
import { hostile } from './hostile.js';

/** What nobody outside is told. */
const insideOnly = ['OOMKilled', 'completeOutage', 'Rolled back', 'Failover', 'Cem', 'Dee', 'P0', 'CR-1', '4m 12s'];

const holdsNothingOf = (inside: readonly string[], template: TemplateName, stage: MessageFields['stage']): void => {
  const { subject, text, html } = renderTell(template, { ...fields, stage });
  for (const part of [subject, text, html]) for (const word of inside) expect(part).not.toContain(word);
};

test('the engineering alert says everything that is known', () => {
  const { subject, text } = renderTell('engineering-alert', fields);

  expect(subject).toBe('P0 acknowledged: shop · pod checkout-7f OOMKilled');
  for (const known of [
    fields.why,
    'Since: 2026-11-03 02:58 UTC (4m 12s)',
    'Commander: Cem',
    '- Rolled back to v1',
    '- Failover at 03:10',
    'Next update: 2026-11-03 03:18 UTC',
    fields.bridge,
  ])
    expect(text).toContain(known);
});

test('management reads the state, what is asked of them and what comes next', () => {
  const { subject, text } = renderTell('management-escalation', fields);

  expect(subject).toBe('P0 acknowledged, 4m 12s after it began: shop · pod checkout-7f OOMKilled');
  expect(text).toContain('How it stands: acknowledged in Immediate response, since 2026-11-03 02:58 UTC (4m 12s)');
  expect(text).toContain('What is asked of you: Decide on failing over');
  expect(text).toContain('What comes next:\n- Failover at 03:10');
});

test('where no service is known, the matter stands by itself', () => {
  const subjectOf = (template: TemplateName) => renderTell(template, { ...fields, services: [] }).subject;

  expect(subjectOf('engineering-alert')).toBe('P0 acknowledged: pod checkout-7f OOMKilled');
  expect(subjectOf('management-escalation')).toBe('P0 acknowledged, 4m 12s after it began: pod checkout-7f OOMKilled');
  expect(subjectOf('status-update')).toBe('Investigating: pod checkout-7f OOMKilled (P0)');
  expect(subjectOf('status-page')).toBe('Investigating: our service');
  expect(subjectOf('support-talking-points')).toBe('Talking points: our service, investigating (P0)');
});

describe('the mail to customers', () => {
  test('says since when, what they notice, what is done, the workaround and when we write again', () => {
    const { subject, text } = renderTell('customer-mail', fields);

    expect(subject).toBe('Service disruption (2026-11-03 02:58 UTC)');
    for (const promised of [
      'Since: 2026-11-03 02:58 UTC',
      'What you may notice: Payments cannot be made',
      'What we are doing: We are looking into it',
      'What you can do meanwhile: Pay by invoice',
      'We will write again by 2026-11-03 03:18 UTC.',
    ])
      expect(text).toContain(promised);
  });

  test.each(publicStages)('holds no cause, no name of ours and no estimate while %s', (stage) => {
    holdsNothingOf([...insideOnly, 'meet.example', 'Immediate'], 'customer-mail', stage);
  });

  test('says what became of the data once it is over, and only then', () => {
    expect(renderTell('customer-mail', fields).text).not.toContain('data');
    expect(renderTell('customer-mail', { ...fields, stage: 'resolved' }).text).toContain(
      'Your data: No data was lost.',
    );
    expect(renderTell('customer-mail', { ...sparse, stage: 'resolved' }).text).toContain(
      'Your data: We are still checking',
    );
  });
});

describe.each(['status-page', 'social-media', 'partner-alert', 'media-response'] as const)(
  '%s goes outside',
  (template) => {
    test.each(publicStages)('and holds no cause, no name of ours and no estimate while %s', (stage) => {
      holdsNothingOf(insideOnly, template, stage);
    });

    test('after the approval of at least one person', () => {
      expect(approvalsNeeded[template]).toBeGreaterThanOrEqual(1);
    });
  },
);

test('what lawyers and reporters quote needs two approvals', () => {
  expect(templateNames.filter((name) => approvalsNeeded[name] === 2)).toEqual(['legal-notification', 'media-response']);
});

test('a post fits into 280 characters, whatever anybody writes', () => {
  for (const stage of publicStages)
    for (const evil of hostile)
      for (const own of ['', evil]) {
        const { text } = renderTell('social-media', { ...fields, stage, impact: evil, nextUpdateAt: evil, text: own });
        expect(Array.from(text.trim()).length).toBeLessThanOrEqual(280);
      }
});

test('support reads what it may say and what not', () => {
  const { text } = renderTell('support-talking-points', fields);

  for (const said of [
    'What customers notice: Payments cannot be made',
    'What they can do: Pay by invoice',
    'You may not: Give no cause',
  ])
    expect(text).toContain(said);
});

test('executives read how bad it is, for whom, and what is asked of them', () => {
  const { text } = renderTell('executive-summary', fields);

  expect(text).toContain('is critical (P0) and investigating, 4m 12s after it began');
  expect(text).toContain('Asked of you: Decide on failing over');
});

test('legal and compliance are asked to judge and mark, and to keep everything', () => {
  const { text } = renderTell('legal-notification', { ...fields, asked: '' });

  for (const said of [
    'Confidential',
    'Known of the data: No data was lost.',
    'with the command "mark"',
    'Nothing is to be deleted',
  ])
    expect(text).toContain(said);
});

test('the team is thanked afterwards and told how learning goes on, without blame', () => {
  const { text } = renderTell('post-incident', { ...fields, stage: 'resolved' });

  expect(text).toContain('Thank you to everybody who helped');
  expect(text).toContain('not for who');
});

test('a status update names the stage, and who wrote and approved it', () => {
  const { subject, text } = renderTell('status-update', { ...fields, stage: 'identified' });

  expect(subject).toBe('Identified: shop (P0)');
  expect(text).toContain('Written by: Dee, approved by Cem');
  expect(text).not.toContain(fields.why);
});

describe.each(templateNames)('%s', (template) => {
  test('reads without holes when little is known', () => {
    const { text, html } = renderTell(template, sparse);

    expect(text).not.toMatch(/\n{3}|: *\n(?!-)|undefined|\{\{|\(\)/);
    expect(html).not.toMatch(/undefined|\{\{|\{%/);
  });

  test('what a person wrote stands in it, with its lines', () => {
    const { text, html } = renderTell(template, { ...fields, text: 'First line\nSecond <line>' });

    expect(text).toContain('First line\nSecond <line>');
    expect(html).toContain('First line\nSecond &lt;line&gt;');
  });

  test('a drill says so in subject, text and HTML', () => {
    const { subject, text, html } = renderTell(template, { ...fields, drill: true });

    expect(subject.startsWith('[DRILL] ')).toBe(true);
    expect(text.startsWith('[DRILL] ')).toBe(true);
    expect(html).toContain('[DRILL] ');
  });

  test.each(hostile)('%j in every field stays words', (evil) => {
    const names = Object.entries(fields).filter(([name, value]) => typeof value === 'string' && name !== 'stage');
    const poisoned = {
      ...fields,
      ...Object.fromEntries(names.map(([name]) => [name, evil])),
      services: [evil],
      regions: [evil],
      done: [evil],
      next: [evil],
    };
    const { subject, text, html } = renderTell(template, poisoned);

    expect(subject).not.toMatch(/[\r\n\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    expect(subject.length).toBeLessThanOrEqual(410);
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|(?!\n)\p{Cc}/u);
    expect(html).not.toMatch(/<(script|img|form|style|!--|a href="(?!https:))/i);
    expect(html.match(/<table/g)).toHaveLength(1);
  });
});
