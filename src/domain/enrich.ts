import type { Alert } from './alert.js';
import type { Settings } from './settings.js';

/** What a rule may match on: the alert's labels, and beside them its service, format and way of detection. */
export const matchable = ({ labels, service, format, detection }: Alert): Readonly<Record<string, string>> => ({
  ...(service !== undefined && { service }),
  format,
  detection,
  ...labels,
});

export const meetsAll = (known: Readonly<Record<string, string>>, match: Readonly<Record<string, string>>): boolean =>
  Object.entries(match).every(([name, value]) => Object.hasOwn(known, name) && known[name] === value);

/**
 * The alert with the facts that the configuration knows of such alerts. A later rule counts more than an earlier one,
 * and what the alert itself states counts more than any rule.
 */
export const enrich = (alert: Alert, { facts: rules }: Pick<Settings, 'facts'>): Alert => {
  if (rules.length === 0) return alert;
  const known = matchable(alert);
  const holding = rules.filter(({ match }) => meetsAll(known, match));
  return { ...alert, facts: Object.assign({}, ...holding.map(({ facts }) => facts), alert.facts) as Alert['facts'] };
};
