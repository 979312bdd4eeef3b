import { factsShown } from '../../../src/domain/describe/damage.js';
import { counted, oneLine } from '../../../src/domain/describe/words.js';
import { severityNames } from '../../../src/domain/severity.js';
import type { View } from '../../client/api.js';
import { severityShown, statusShown } from '../severity.js';
import { colours } from '../terminal.js';
import { moment, short, zone } from '../times.js';
import { quoted } from '../wrap.js';

const alertsShown = ({ crisis }: View): string => {
  const alerts = Object.values(crisis.alerts);
  const firing = alerts.filter(({ status }) => status === 'firing');
  if (alerts.length === 0) return 'none';
  const [newest] = [...(firing.length > 0 ? firing : alerts)].sort((a, b) => b.lastAt - a.lastAt);
  const often = crisis.alertCount > alerts.length ? `, ${crisis.alertCount} times in all` : '';
  return `${firing.length} of ${counted(alerts.length, 'alert')} firing${often}: ${oneLine(newest?.summary ?? '', 120)}`;
};

const knownShown = ({ crisisId, facts }: View['crisis']): string =>
  Object.values(facts).some((fact) => fact !== undefined)
    ? factsShown(facts)
    : `nothing yet of the damage; say what you know: npx firebreak do ${quoted(crisisId)} assess`;

const ages = ({ crisis }: View, now: number): string => {
  const end = crisis.closedAt ?? crisis.resolvedAt ?? crisis.mitigatedAt;
  const since = `declared ${moment(crisis.declaredAt, now)} (${zone()}), ${short(now - crisis.declaredAt)} ago`;
  return end === undefined ? since : `${since}; ${crisis.status} since ${moment(end, now)}`;
};

/** What it is, how bad, since when and why. */
export const header = (view: View, now: number): string[] => {
  const { crisis, asOf } = view;
  const { severity, why, rule } = crisis.classification;
  const label = (name: string) => colours.dim(name.padEnd(10));
  return [
    `${severityShown(severity, ` ${severity} ${severityNames[severity]} `)} ${colours.bold(oneLine(crisis.title))}  ${statusShown(crisis.status)}${crisis.mode === 'drill' ? colours.magenta('  DRILL') : ''}`,
    `${colours.dim(crisis.crisisId)}  ${ages(view, now)}`,
    ...(asOf === undefined
      ? []
      : [
          colours.yellow(
            `This is what the store last heard, ${short(now - asOf)} ago; the crisis itself is over or does not answer.`,
          ),
        ]),
    '',
    `${label('Why')}${oneLine(why)} ${colours.dim(`[${oneLine(rule, 60)}]`)}`,
    `${label('Known')}${knownShown(crisis)}`,
    `${label('Services')}${oneLine(crisis.services.join(', ') || 'not known')}`,
    `${label('Alerts')}${alertsShown(view)}`,
  ];
};
