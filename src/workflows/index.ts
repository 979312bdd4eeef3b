// Every workflow type, for the bundler.
export { intake } from './intake.js';
export { postmortem } from './postmortem.js';
export { probe } from './probe.js';
export { productionOutage } from './productionOutage.js';
export { watch } from './watch.js';
