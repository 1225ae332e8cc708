import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ErrorCode, Problem } from './errors.ts';
import { nodeOf } from './node-context.ts';
import { problemAnswer } from './plain-answer.ts';
import { randomId } from './random-id.ts';

/** Limits of a request's head: the size of all headers, and their number. */
export const MAX_HEADER_BYTES = 16_384;
export const MAX_HEADERS = 100;

const CODES: Record<string, ErrorCode> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

type ServedSocket = Duplex & { _httpMessage?: ServerResponse };

/**
 * For a server's `clientError`: answers a request that could not be parsed (headers too large, too slow, not HTTP) with
 * a problem, and closes the connection.
 */
export function refuseOnTheWire(error: Error & { code?: string }, socket: ServedSocket): void {
  if (error.code === 'ECONNRESET') socket.destroy();
  else cutOff(socket, CODES[error.code ?? ''] ?? 'malformed_request');
}

/** Closes a connection with a problem as its last answer, also in the middle of a request. */
export function cutOff(socket: ServedSocket, code: ErrorCode): void {
  // In the middle of an answer (such as an event stream) no other answer is possible.
  if (!socket.writable || socket._httpMessage?.headersSent) socket.destroy();
  else socket.end(refusalOnTheWire(code), () => socket.destroy());
}

/** A complete answer as text, for a connection without a response object. */
export function refusalOnTheWire(code: ErrorCode): string {
  const { status, headers, body } = refusal(code);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** Answers a request before any handler sees it. */
export function refuse(outgoing: ServerResponse, code: ErrorCode): void {
  const { status, headers, body } = refusal(code);
  outgoing.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body);
}

/**
 * Whether two programs may read a request's head differently (RFC 9112, sections 3.2, 3.2.2 and 6.1): more than one
 * `Host`, a URL with a host other than `Host`, or a chunked body in HTTP/1.0. A few comparisons per header.
 */
export function isAmbiguous({ rawHeaders, headers, httpVersionMinor, url = '' }: IncomingMessage): boolean {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  if (hosts > 1) return true;
  if (httpVersionMinor === 0 && headers['transfer-encoding'] !== undefined) return true;
  if (url.startsWith('/') || url === '*') return false;
  return !URL.canParse(url) || new URL(url).host !== hostOf(headers.host);
}

/** The host as in a URL: lower case, without the default port. */
function hostOf(header = ''): string | null {
  return URL.canParse(`http://${header}`) ? new URL(`http://${header}`).host : null;
}

const refused = new WeakSet<object>();

/** Whether an earlier request of the connection was refused as ambiguous. Later requests on it get no answer. */
export const isRefused = ({ socket }: IncomingMessage): boolean => refused.has(socket);

/** Refuses a request before any handler sees it, and closes its connection. */
export function refuseAmbiguous({ socket }: IncomingMessage, outgoing: ServerResponse): void {
  refused.add(socket);
  outgoing.shouldKeepAlive = false;
  outgoing.once('finish', () => outgoing.socket?.destroySoon());
  refuse(outgoing, 'malformed_request');
}

type Fetch = (request: Request, env: unknown) => Response | Promise<Response>;

/** Refuses requests with more headers than `MAX_HEADERS`. Node would drop the excess silently. */
export function refuseTooManyHeaders(fetch: Fetch): Fetch {
  return (request, env) => {
    const rawHeaders = nodeOf({ env })?.incoming.rawHeaders ?? [];
    if (rawHeaders.length <= 2 * MAX_HEADERS) return fetch(request, env);
    const { status, headers, body } = refusal('headers_too_large');
    return new Response(body, { status, headers });
  };
}

function refusal(code: ErrorCode) {
  const id = randomId();
  const { status, body, headers } = problemAnswer(new Problem(code), id);
  return { status, body, headers: { ...headers, 'X-Request-Id': id } };
}
