import type { IncomingMessage } from 'node:http';
import { BINDING_HEADER, type ReservationClaims } from '@shopfast/kit/contracts/token';
import type { UpstreamSettings } from './config.ts';
import { bearerReservation } from './reservation.ts';

/** Name, value, name, value, … as on the wire: repeated headers stay repeated. */
export type FlatHeaders = string[];

/** Belong to one connection and never travel on (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-authentication-info',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Written by us, or answered by us (`expect`), so what a client says there does not count. */
const OURS = new Set(['host', 'expect', 'content-length', 'forwarded', 'x-real-ip', 'x-request-id']);

export type Origin = {
  /** Where shoppers reach the gateway; its scheme is what the upstream is told. */
  publicUrl: string;
  /** Whose request it is; becomes the one hop of `X-Forwarded-For`. */
  address: string | null;
  requestId: string;
  reservation: ReservationClaims | null;
};

/**
 * The headers of a request as the upstream gets it. What a client claims in `X-Forwarded-*`, `Forwarded` or
 * `Waitroom-*` is not believed, in whatever spelling (`X_Forwarded_For`).
 */
export function requestHeaders(
  incoming: IncomingMessage,
  upstream: Pick<UpstreamSettings, 'url' | 'host' | 'credentials'>,
  origin: Origin,
): FlatHeaders {
  const named = namedInConnection(incoming);
  const strips = upstream.credentials === 'strip';
  const headers: FlatHeaders = [];
  for (const [name, value] of pairs(incoming.rawHeaders)) {
    const lower = name.toLowerCase();
    const plain = lower.replaceAll('_', '-');
    if (HOP_BY_HOP.has(plain) || named.has(lower) || OURS.has(plain)) continue;
    if (plain.startsWith('x-forwarded-') || plain.startsWith('waitroom-')) continue;
    const kept = strips ? withoutCredentials(plain, value, incoming) : value;
    if (kept !== null) headers.push(name, kept);
  }
  headers.push(...ownHeaders(incoming, upstream, origin), ...framing(incoming));
  return headers;
}

function ownHeaders(
  incoming: IncomingMessage,
  upstream: Pick<UpstreamSettings, 'url' | 'host'>,
  { publicUrl, address, requestId, reservation }: Origin,
): FlatHeaders {
  const asked = incoming.headers.host ?? '';
  const scheme = new URL(publicUrl).protocol.slice(0, -1);
  const node = address?.includes(':') ? `"[${address}]"` : (address ?? 'unknown');
  return [
    'Host',
    upstream.host === 'pass' && asked ? asked : new URL(upstream.url).host,
    ...(address === null ? [] : ['X-Forwarded-For', address]),
    'X-Forwarded-Host',
    asked,
    'X-Forwarded-Proto',
    scheme,
    'Forwarded',
    `for=${node};host="${asked.replaceAll(/["\\]/g, '')}";proto=${scheme}`,
    'X-Request-Id',
    requestId,
    ...(reservation ? ['Waitroom-Room', reservation.room, 'Waitroom-Reservation', reservation.jti] : []),
  ];
}

/** How the body is delimited, said anew: as Node's parser understood it, so nobody can understand it otherwise. */
function framing(incoming: IncomingMessage): FlatHeaders {
  if (incoming.headers['transfer-encoding'] !== undefined) return ['Transfer-Encoding', 'chunked'];
  const length = incoming.headers['content-length'];
  if (length !== undefined) return ['Content-Length', length];
  return /^(?:POST|PUT|PATCH)$/.test(incoming.method ?? '') ? ['Content-Length', '0'] : [];
}

const OWN_COOKIE = /^__Host-(?:ticket|bind|res)_/;
const OWN_BEARER = /^bearer +(?:tkt|adm)_/i;

/** A foreign server has no use for what would let it act as the shopper here. */
function withoutCredentials(name: string, value: string, incoming: IncomingMessage): string | null {
  if (name === BINDING_HEADER) return null;
  if (name === 'authorization')
    return OWN_BEARER.test(value) || bearerReservation(incoming.headers) !== null ? null : value;
  if (name !== 'cookie' || !value.includes('__Host-')) return value;
  const foreign = value.split(';').filter((cookie) => !OWN_COOKIE.test(cookie.trim()));
  return foreign.length > 0 ? foreign.join(';').trim() : null;
}

/** The headers of an upstream's answer as the visitor gets it; `Waitroom-*` is between the upstream and us. */
export function answerHeaders(
  answer: IncomingMessage,
  upstream: Pick<UpstreamSettings, 'url' | 'host'>,
): FlatHeaders {
  const headers: FlatHeaders = [];
  for (const [name, value] of pairs(endToEnd(answer))) {
    const lower = name.toLowerCase();
    if (lower === 'x-request-id' || lower.startsWith('waitroom-')) continue;
    headers.push(name, lower === 'location' ? publicLocation(value, upstream) : value);
  }
  return headers;
}

/** The headers of an answer that are for more than this one connection. */
export function endToEnd(answer: Pick<IncomingMessage, 'headers' | 'rawHeaders'>): FlatHeaders {
  const named = namedInConnection(answer);
  const headers: FlatHeaders = [];
  for (const [name, value] of pairs(answer.rawHeaders)) {
    const lower = name.toLowerCase();
    if (!HOP_BY_HOP.has(lower) && !named.has(lower)) headers.push(name, value);
  }
  return headers;
}

/** An upstream that sees its own host sends visitors to its own address; they know only ours. */
function publicLocation(location: string, { url, host }: Pick<UpstreamSettings, 'url' | 'host'>): string {
  if (host === 'pass' || !URL.canParse(location)) return location;
  const { origin, pathname, search, hash } = new URL(location);
  return origin === new URL(url).origin ? pathname.replace(/^\/+/, '/') + search + hash : location;
}

function namedInConnection({ headers }: Pick<IncomingMessage, 'headers'>): ReadonlySet<string> {
  return new Set((headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()));
}

export function* pairs(raw: readonly string[]): Generator<[name: string, value: string]> {
  for (let at = 0; at + 1 < raw.length; at += 2) yield [raw[at] as string, raw[at + 1] as string];
}
