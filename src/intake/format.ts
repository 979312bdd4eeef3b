import { parseAlertmanager } from './alertmanager.js';
import { isObject } from './fault.js';
import { parseGeneric } from './generic.js';
import { parsePagerduty } from './pagerduty.js';
import type { Parse } from './parsed.js';

const formats: Readonly<Record<string, Parse>> = {
  alertmanager: parseAlertmanager,
  pagerduty: parsePagerduty,
  generic: parseGeneric,
};

/** The sources that need no configuration: they are called what they send. */
export const builtInSources = Object.keys(formats);

/** A source called otherwise is told by its shape; the mapping, when there is one, decides before that. */
const parseByShape: Parse = (body, sender) => {
  if (sender.mapping || !isObject(body)) return parseGeneric(body, sender);
  if (Array.isArray(body['alerts'])) return parseAlertmanager(body, sender);
  return 'event_action' in body ? parsePagerduty(body, sender) : parseGeneric(body, sender);
};

/** The parser for a source by its name in the URL. */
export const parserOf = (source: string): Parse =>
  (Object.hasOwn(formats, source) ? formats[source] : undefined) ?? parseByShape;
