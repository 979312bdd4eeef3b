import type { Crisis } from '../crisis.js';
import type { Plan } from '../plan.js';

/** What a message may say of the matter itself: of a restricted crisis its code name, since messages pass through many hands. */
export const openlySaid = ({ restricted, title, services, classification }: Crisis) =>
  restricted
    ? { title: restricted.codeName, services: [], why: 'Restricted; Firebreak shows it to those it names' }
    : { title, services: [...services], why: classification.why };

/** Whether no message may bear what people wrote, what actions printed or which kind of crisis it is, and dismissing shuts out. */
export const isDiscreet = ({ restricted }: Crisis, { engine }: Plan): boolean =>
  restricted !== undefined && engine >= 4;
