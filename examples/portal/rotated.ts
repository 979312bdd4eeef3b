import { askWith, placesIn, stateOf, tokenOfPortal } from './place.js';
import { told } from './told.js';

// Shows that the token which the attacker has read opens nothing any more.
await told(async () => {
  const state = stateOf();
  const status = await askWith(state, tokenOfPortal(placesIn(state).portal));
  if (status !== 401) throw new Error(`the stolen token is answered ${status}`);
  return 'the stolen token is answered 401';
});
