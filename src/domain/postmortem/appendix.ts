import { personCalled } from '../describe/words.js';
import { inert, moment, table } from './markdown.js';
import { said, type Material } from './material.js';

const timeline = (material: Material): string =>
  table(
    ['Entry', 'Time (UTC)', 'What happened'],
    material.events.map(({ seq, event }) => [
      `<a id="entry-${seq}"></a>${seq}`,
      moment(event.at),
      said(material, event),
    ]),
  );

const ledger = ({ crisis, names }: Material): string => {
  const rows = Object.values(crisis.deliveries).sort((a, b) => a.intendedAt - b.intendedAt);
  if (rows.length === 0) return 'No message was intended for anybody.';
  return table(
    ['Intended (UTC)', 'Kind', 'About', 'Person', 'By', 'Status', 'Sent (UTC)', 'Remark'],
    rows.map((row) => [
      moment(row.intendedAt),
      row.kind,
      inert(row.about),
      inert(personCalled(names, row.person)),
      row.channel,
      row.status,
      row.sentAt === undefined ? '' : moment(row.sentAt),
      inert([row.reason ?? '', row.possibleRepeat ? 'may be a repeat' : ''].filter(Boolean).join('; ')),
    ]),
  );
};

/** The whole record: every entry of the timeline, and every message with what became of it. */
export const appendices = (material: Material): string =>
  ['## Appendix A: timeline', timeline(material), '## Appendix B: messages', ledger(material)].join('\n\n');
