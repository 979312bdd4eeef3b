import { publicUrlUnlessSaid } from '../../src/domain/settings.js';

type Where = { host: string; port: number };

/** What listens on every address is reached from its own machine by this one. */
const everyAddress = ['0.0.0.0', '::', '[::]'];

/** Where the links in messages lead: where the configuration says, else to where the API of this very start listens. */
export const ownUrl = (publicUrl: string, { host, port }: Where): string => {
  if (publicUrl !== publicUrlUnlessSaid) return publicUrl;
  const reached = everyAddress.includes(host) ? '127.0.0.1' : host;
  return `http://${reached.includes(':') && !reached.startsWith('[') ? `[${reached}]` : reached}:${port}`;
};
