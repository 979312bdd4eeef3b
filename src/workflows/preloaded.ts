/*
 * What all crises of a worker share instead of each holding its own: the engine and the schemas, which are pure. The worker
 * evaluates this once and freezes it; only the bundle names it (src/workers/bundling.ts).
 */
import '../domain/crisisId.js';
import '../domain/describe/describeDue.js';
import '../domain/describe/names.js';
import '../domain/details.js';
import '../domain/engine/apply.js';
import '../domain/engine/clocks.js';
import '../domain/engine/decide.js';
import '../domain/engine/questions.js';
import '../domain/engine/whyNot.js';
import '../domain/intake/parcel.js';
import '../domain/intake/tallies.js';
import '../domain/scenario/moments.js';
import '../domain/scenario/scale.js';
import * as alert from '../domain/alert.js';
import * as classification from '../domain/classification.js';
import * as command from '../domain/command.js';
import * as commandProof from '../domain/commandProof.js';
import * as condition from '../domain/condition.js';
import * as delivery from '../domain/delivery.js';
import * as duration from '../domain/duration.js';
import * as evidence from '../domain/evidence.js';
import * as facts from '../domain/facts.js';
import * as person from '../domain/person.js';
import * as file from '../domain/regulatory/file.js';
import * as filing from '../domain/regulatory/filing.js';
import * as mark from '../domain/regulatory/mark.js';
import * as role from '../domain/role.js';
import * as scenario from '../domain/scenario.js';
import * as severity from '../domain/severity.js';

// A schema finishes itself when it first parses, which it could not when frozen; what is found frozen is not entered.
const schemas = [
  alert,
  classification,
  command,
  commandProof,
  condition,
  delivery,
  duration,
  evidence,
  facts,
  file,
  filing,
  mark,
  person,
  role,
  scenario,
  severity,
];
for (const module of schemas) Object.freeze(module);
