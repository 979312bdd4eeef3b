import { statSync } from 'node:fs';
import { join } from 'node:path';
import { placesIn, stateOf, strangeIn, textIn } from './place.js';
import { told } from './told.js';

// How far it reaches: what is in the portal that nobody released, since when, and which customers were read from then on.
await told(() => {
  const { portal, accessLog } = placesIn(stateOf());
  const strange = strangeIn(portal);
  const files = strange.map((words) => words.split(' is ')[0] ?? '');
  const since = Math.min(Date.now(), ...files.map((name) => statSync(join(portal, name)).birthtimeMs));
  const read = new Set(
    textIn(accessLog)
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([at = '', client, , status]) => client === 'portal' && status === '200' && Date.parse(at) >= since)
      .map(([, , customer]) => customer),
  );
  for (const words of strange) console.log(words);
  return `${read.size} customers were read with the portal’s token since ${new Date(since).toISOString()}`;
});
