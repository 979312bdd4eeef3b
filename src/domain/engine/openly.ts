import type { Crisis } from '../crisis.js';

/** What a message may say of the matter itself: of a restricted crisis its code name, since messages pass through many hands. */
export const openlySaid = ({ restricted, title, services, classification }: Crisis) =>
  restricted
    ? { title: restricted.codeName, services: [], why: 'Restricted; Firebreak shows it to those it names' }
    : { title, services: [...services], why: classification.why };
