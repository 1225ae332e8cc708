import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ErrorCode, Problem } from './errors.ts';
import { problemAnswer } from './plain-answer.ts';
import { randomId } from './random-id.ts';

/** What a request's head may be: all headers together, and how many. */
export const MAX_HEADER_BYTES = 16_384;
export const MAX_HEADERS = 100;

const CODES: Record<string, ErrorCode> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

type ServedSocket = Duplex & { _httpMessage?: ServerResponse };

/**
 * For a server's `clientError`: answers a request that never became one (headers too large, too slow, no HTTP at all) with a
 * problem, and closes the connection.
 */
export function refuseOnTheWire(error: Error & { code?: string }, socket: ServedSocket): void {
  // In the middle of an answer (an event stream, say) nothing can be said any more.
  if (!socket.writable || error.code === 'ECONNRESET' || socket._httpMessage?.headersSent) {
    socket.destroy();
    return;
  }
  socket.end(refusalOnTheWire(CODES[error.code ?? ''] ?? 'malformed_request'), () => socket.destroy());
}

/** A whole answer as text, for a connection that has no response object. */
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

/** Answers a request that no handler is to see. */
export function refuse(outgoing: ServerResponse, code: ErrorCode): void {
  const { status, headers, body } = refusal(code);
  outgoing.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body);
}

/**
 * Whether a request's head may mean two things to two programs (RFC 9112, 3.2, 3.2.2 and 6.1): more than one `Host`, the
 * address of another host than `Host` names, or a chunked body in HTTP/1.0. A few comparisons for each header.
 */
export function isAmbiguous({ rawHeaders, headers, httpVersionMinor, url = '' }: IncomingMessage): boolean {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  if (hosts > 1) return true;
  if (httpVersionMinor === 0 && headers['transfer-encoding'] !== undefined) return true;
  if (url.startsWith('/') || url === '*') return false;
  return !URL.canParse(url) || new URL(url).host !== hostOf(headers.host);
}

/** As a URL names it: lower case, without the usual port. */
function hostOf(header = ''): string | null {
  return URL.canParse(`http://${header}`) ? new URL(`http://${header}`).host : null;
}

const refused = new WeakSet<object>();

/** Whether a connection's earlier request was refused as ambiguous: what follows in the same packet is not answered. */
export const isRefused = ({ socket }: IncomingMessage): boolean => refused.has(socket);

/** Answers a request that no handler is to see, and reads nothing more from its connection. */
export function refuseAmbiguous({ socket }: IncomingMessage, outgoing: ServerResponse): void {
  refused.add(socket);
  outgoing.shouldKeepAlive = false;
  outgoing.once('finish', () => outgoing.socket?.destroySoon());
  refuse(outgoing, 'malformed_request');
}

type Fetch = (request: Request, env: unknown) => Response | Promise<Response>;

/** Refuses requests with more headers than `MAX_HEADERS`. Node would cut the surplus off and say nothing. */
export function refuseTooManyHeaders(fetch: Fetch): Fetch {
  return (request, env) => {
    const { rawHeaders } = (env as { incoming: IncomingMessage }).incoming;
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
