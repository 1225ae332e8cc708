import { BlockList, isIP } from 'node:net';
import { nodeOf } from './node-context.ts';

/** The proxies whose `X-Forwarded-For` is trusted. */
export type TrustedProxies = { has(address: string): boolean };

/**
 * @param ranges addresses or CIDR ranges, comma-separated; empty: no proxy is trusted
 * @throws Error naming the first range that cannot be parsed
 */
export function trustedProxies(ranges: string): TrustedProxies {
  const named = ranges.split(',').flatMap((part) => part.trim() || []);
  if (named.length === 0) return { has: () => false };
  const list = new BlockList();
  for (const range of named) addRange(list, range);
  return { has: (address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4') };
}

function addRange(list: BlockList, range: string): void {
  const [address = '', prefix, ...rest] = range.split('/');
  const family = isIP(address);
  const bits = family === 6 ? 128 : 32;
  const length = prefix === undefined ? bits : Number(prefix || Number.NaN);
  const readable = Number.isInteger(length) && length >= 0 && length <= bits;
  if (family === 0 || rest.length > 0 || !readable)
    throw new Error(`${range} is not an address or CIDR range (10.0.0.0/8, 2001:db8::/32)`);
  list.addSubnet(address, length, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * The client's address: the peer of the socket, unless the peer is a trusted proxy. Then it is the right-most hop of
 * `X-Forwarded-For` that is not a trusted proxy. Hops left of it were written by the client and are never trusted.
 * @returns the address in plain form (IPv4-mapped IPv6 becomes IPv4), or null when the peer is unknown
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trusted: TrustedProxies,
): string | null {
  let nearest = plainAddress(peer ?? '');
  let rest = forwardedFor ?? '';
  while (nearest !== null && rest !== '' && trusted.has(nearest)) {
    const comma = rest.lastIndexOf(',');
    const hop = plainAddress(rest.slice(comma + 1));
    // A hop that cannot be parsed ends the search: the proxy that passed it on is the last one we know.
    if (hop === null) break;
    nearest = hop;
    rest = comma < 0 ? '' : rest.slice(0, comma);
  }
  return nearest;
}

/** `clientAddress` for a request context; null where there is no socket (`app.request()` in a test). */
export function addressWithin(trusted: TrustedProxies): (c: { env: unknown }) => string | null {
  return ({ env }) => {
    const incoming = nodeOf({ env })?.incoming;
    if (!incoming) return null;
    // Node joins several X-Forwarded-For headers into one. Its parsed headers avoid building a Headers object.
    const forwardedFor = incoming.headers['x-forwarded-for'] as string | undefined;
    return clientAddress(incoming.socket.remoteAddress, forwardedFor, trusted);
  };
}

/**
 * Whether the peer of a request's connection is a trusted proxy.
 * @param c a context whose `env` has Node's request; without one (`app.request()` in a test) the answer is false
 */
export function isFromTrusted({ env }: { env: unknown }, trusted: TrustedProxies): boolean {
  const peer = nodeOf({ env })?.incoming.socket.remoteAddress;
  const address = plainAddress(peer ?? '');
  return address !== null && trusted.has(address);
}

/** An address without port, brackets, zone or IPv4 mapping; null for anything else. */
export function plainAddress(text: string): string | null {
  if (isIP(text) === 4) return text;
  const bare = text
    .trim()
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1')
    .replace(/%.*$/, '');
  if (isIP(bare) === 4) return bare;
  if (isIP(bare) !== 6) return null;
  const groups = groupsOf(bare);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (!mapped) return bare.toLowerCase();
  const [high = 0, low = 0] = groups.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/**
 * The budget key of an address. IPv6 is grouped by /64, because a client can use every address in its /64.
 * @param address as `clientAddress` returns it
 */
export function budgetKey(address: string): string {
  if (isIP(address) === 4) return address;
  return `${groupsOf(address)
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** @param address as `clientAddress` returns it */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || (isIP(address) === 6 && /^[0:]*:0*1$/.test(address));
}

/** The eight 16-bit groups of a well-formed IPv6 address. */
function groupsOf(address: string): number[] {
  const hex = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
  const [left = '', right] = hex.split('::');
  const parse = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const head = parse(left);
  if (right === undefined) return head;
  const tail = parse(right);
  return [...head, ...new Array(8 - head.length - tail.length).fill(0), ...tail];
}
