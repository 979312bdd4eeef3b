import { createServer } from 'node:net';

/** Where something listens, and what a person changes to move it: `FIREBREAK_PORT`. */
export type Place = { what: string; host: string; port: number; changeBy: string };

/** Throws an error that names port and remedy when the port cannot be listened on. Port 0 (any free one) passes. */
export async function mustBeFree({ what, host, port, changeBy }: Place): Promise<void> {
  const probe = createServer();
  const failure = await new Promise<NodeJS.ErrnoException | undefined>((settle) => {
    probe.once('error', settle);
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => settle(undefined)));
  });
  if (failure) throw new Error(whyNot({ what, host, port, changeBy }, failure), { cause: failure });
}

function whyNot({ what, host, port, changeBy }: Place, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${host} is taken, ${what} needs it: stop what listens there, or set ${changeBy} to another port.`;
  if (code === 'EACCES')
    return `Port ${port} on ${host} needs more rights than we have: set ${changeBy} to one above 1023.`;
  return `${what} cannot listen on ${host}:${port} (${message}): set ${changeBy}.`;
}
