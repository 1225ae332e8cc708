import type { IncomingMessage } from 'node:http';
import type { ReservationClaims } from '@shopfast/kit/contracts/token';
import { isStripped } from './client-claims.ts';
import type { UpstreamSettings } from './config.ts';
import { maySetCookie, withoutOwnCredentials } from './credentials.ts';

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
const OURS = new Set([
  ...['host', 'expect', 'content-length', 'x-request-id'],
  ...['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'],
]);

export type Origin = {
  /** Where shoppers reach the gateway; its scheme is what the upstream is told. */
  publicUrl: string;
  /** Whose request it is; becomes the one hop of `X-Forwarded-For`. */
  address: string | null;
  /** Whether a trusted proxy sent it, whose word on the visitor counts. */
  isTrusted: boolean;
  requestId: string;
  reservation: ReservationClaims | null;
};

type Receiver = Pick<UpstreamSettings, 'url' | 'host' | 'credentials' | 'strip_headers' | 'pass_headers'>;

/**
 * The headers of a request as the upstream gets it: without our credentials, and without what a client claims of itself, in
 * whatever spelling (`X_Forwarded_For`: many servers read any sign that is no letter or digit as one and the same).
 */
export function requestHeaders(incoming: IncomingMessage, upstream: Receiver, origin: Origin): FlatHeaders {
  const named = namedInConnection(incoming);
  const headers: FlatHeaders = [];
  for (const [name, value] of pairs(incoming.rawHeaders)) {
    const lower = name.toLowerCase();
    const plain = lower.replace(/[^a-z0-9]/g, '-');
    if (HOP_BY_HOP.has(plain) || named.has(lower) || OURS.has(plain) || IS_OURS.test(plain)) continue;
    if (isStripped(plain, origin.isTrusted, upstream)) continue;
    const kept = withoutOwnCredentials(plain, value, upstream.credentials);
    if (kept !== null) headers.push(name, kept);
  }
  headers.push(...ownHeaders(incoming, upstream, origin), ...framing(incoming));
  return headers;
}

/** Between us and the upstream, so nobody else's to send, trusted or not. */
const IS_OURS = /^(?:x-)?waitroom-/;

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

/** The headers of an upstream's answer as the visitor gets it; `Waitroom-*` is between the upstream and us. */
export function answerHeaders(
  answer: Pick<IncomingMessage, 'headers' | 'rawHeaders'>,
  upstream: Pick<UpstreamSettings, 'url' | 'host' | 'credentials'>,
): FlatHeaders {
  const headers: FlatHeaders = [];
  for (const [name, value] of pairs(endToEnd(answer))) {
    const lower = name.toLowerCase();
    if (lower === 'x-request-id' || IS_OURS.test(lower)) continue;
    if (lower === 'set-cookie' && !maySetCookie(value, upstream.credentials)) continue;
    headers.push(name, lower === 'location' ? publicLocation(value, upstream) : value);
  }
  return headers;
}

/** The headers of an answer that are for more than this one connection. */
function endToEnd(answer: Pick<IncomingMessage, 'headers' | 'rawHeaders'>): FlatHeaders {
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
