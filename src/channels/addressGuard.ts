import { lookup as resolve, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** An address that a webhook must not reach. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/** Everything that is not the public internet (IANA's special-purpose registries), and ways to write it in IPv6. */
const notPublic = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  notPublic.addSubnet(network, prefix, 'ipv4');

/** Of IPv6 only global unicast is public, and of that not what tunnels an IPv4 address or is documentation. */
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  notPublic.addSubnet(network, prefix, 'ipv6');

/** Whether an address belongs to the public internet. */
export const isPublic = (address: string): boolean => {
  if (isIP(address) === 4) return !notPublic.check(address, 'ipv4');
  return isIP(address) === 6 && globalUnicast.check(address, 'ipv6') && !notPublic.check(address, 'ipv6');
};

const whyRefused = (host: string, addresses: readonly LookupAddress[]): string | undefined => {
  const refused = addresses.find(({ address }) => !isPublic(address));
  return refused && `${host} leads to ${refused.address}, which is not public`;
};

/**
 * A resolver for outgoing connections: it answers only public addresses and refuses a name when any of its addresses is
 * not. Since the connection is made to the very address checked, a name that changes in between gains nothing.
 */
export const publicLookup: LookupFunction = (host, options, done) => {
  resolve(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const refused = error ? undefined : whyRefused(host, addresses);
    const [first] = error || refused ? [] : addresses;
    if (!first) done(error ?? new AddressRefused(refused ?? `${host} has no address`), '', 0);
    else if (options.all) done(null, addresses);
    else done(null, first.address, first.family);
  });
};
