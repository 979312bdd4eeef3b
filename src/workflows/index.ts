// Every workflow type, for the bundler.
export { forwarding } from './forwarding.js';
export { dataLoss } from './dataLoss.js';
export { drill } from './drill.js';
export { intake } from './intake.js';
export { intakeShard } from './intakeShard.js';
export { pageThrottle } from './pageThrottle.js';
export { postmortem } from './postmortem.js';
export { probe } from './probe.js';
export { projection } from './projection.js';
export { productionOutage } from './productionOutage.js';
export { securityIncident } from './securityIncident.js';
export { watch } from './watch.js';
