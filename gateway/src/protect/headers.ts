import type { IncomingMessage } from 'node:http';
import type { ReservationClaims } from '@shopfast/kit/contracts/token';
import { isStripped } from './client-claims.ts';
import type { UpstreamSettings } from './config.ts';
import { maySetCookie, withoutOwnCredentials } from './credentials.ts';

/** Name, value, name, value, … as on the wire: repeated headers stay repeated. */
export type FlatHeaders = string[];

/** Hop-by-hop headers, which are never forwarded (RFC 9110, 7.6.1). */
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

/** We set these, or answer them (`expect`). The client's values are ignored. */
const OURS = new Set([
  ...['host', 'expect', 'content-length', 'x-request-id'],
  ...['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'],
]);

export type Origin = {
  /** The public URL of the gateway; its scheme is sent to the upstream. */
  publicUrl: string;
  /** The client's address; becomes the only hop of `X-Forwarded-For`. */
  address: string | null;
  /** Whether a trusted proxy sent it. Then its headers about the visitor are accepted. */
  isTrusted: boolean;
  requestId: string;
  reservation: ReservationClaims | null;
};

type Receiver = Pick<UpstreamSettings, 'url' | 'host' | 'credentials' | 'strip_headers' | 'pass_headers'>;

/**
 * The headers of a request for the upstream: without our credentials and without untrusted claims of the client, in any
 * spelling (`X_Forwarded_For`: many servers treat every character that is not a letter or digit as the same).
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

/** Only for us and the upstream: no client may send it, not even a trusted proxy. */
const IS_OURS = /^(?:x-)?waitroom-/;

function ownHeaders(
  incoming: IncomingMessage,
  upstream: Pick<UpstreamSettings, 'url' | 'host'>,
  { publicUrl, address, requestId, reservation }: Origin,
): FlatHeaders {
  const host = incoming.headers.host ?? '';
  const scheme = new URL(publicUrl).protocol.slice(0, -1);
  const node = address?.includes(':') ? `"[${address}]"` : (address ?? 'unknown');
  return [
    'Host',
    upstream.host === 'pass' && host ? host : new URL(upstream.url).host,
    ...(address === null ? [] : ['X-Forwarded-For', address]),
    'X-Forwarded-Host',
    host,
    'X-Forwarded-Proto',
    scheme,
    'Forwarded',
    `for=${node};host="${host.replaceAll(/["\\]/g, '')}";proto=${scheme}`,
    'X-Request-Id',
    requestId,
    ...(reservation ? ['Waitroom-Room', reservation.room, 'Waitroom-Reservation', reservation.jti] : []),
  ];
}

/** Writes the framing of the body again as Node's parser understood it, so that no server can read it differently. */
function framing(incoming: IncomingMessage): FlatHeaders {
  if (incoming.headers['transfer-encoding'] !== undefined) return ['Transfer-Encoding', 'chunked'];
  const length = incoming.headers['content-length'];
  if (length !== undefined) return ['Content-Length', length];
  return /^(?:POST|PUT|PATCH)$/.test(incoming.method ?? '') ? ['Content-Length', '0'] : [];
}

/** The headers of an upstream's answer for the visitor. `Waitroom-*` is only between the upstream and us. */
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

/** The end-to-end headers of an answer. */
function endToEnd(answer: Pick<IncomingMessage, 'headers' | 'rawHeaders'>): FlatHeaders {
  const named = namedInConnection(answer);
  const headers: FlatHeaders = [];
  for (const [name, value] of pairs(answer.rawHeaders)) {
    const lower = name.toLowerCase();
    if (!HOP_BY_HOP.has(lower) && !named.has(lower)) headers.push(name, value);
  }
  return headers;
}

/** An upstream that sees its own host redirects visitors to its own address, so this replaces it with ours. */
function publicLocation(location: string, { url, host }: Pick<UpstreamSettings, 'url' | 'host'>): string {
  if (host === 'pass' || !URL.canParse(location)) return location;
  const { origin, pathname, search, hash } = new URL(location);
  return origin === new URL(url).origin ? pathname.replace(/^\/+/, '/') + search + hash : location;
}

function namedInConnection({ headers }: Pick<IncomingMessage, 'headers'>): ReadonlySet<string> {
  return new Set((headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()));
}

/** The status of an upstream's answer. Node sets it on every answer of a client. */
export const statusOf = ({ statusCode }: Pick<IncomingMessage, 'statusCode'>): number => statusCode ?? 502;

export function* pairs(raw: readonly string[]): Generator<[name: string, value: string]> {
  for (let at = 0; at + 1 < raw.length; at += 2) yield [raw[at] ?? '', raw[at + 1] ?? ''];
}
