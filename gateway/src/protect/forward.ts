import type { ClientRequest, IncomingMessage, InformationEvent, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Problem } from '@shopfast/kit/errors';
import { setBodyRate } from '@shopfast/kit/slow-bodies';
import { answerHeaders, type FlatHeaders, type Origin, pairs, requestHeaders, statusOf } from './headers.ts';
import type { ReceivedBody } from './receive-body.ts';
import type { Bulkhead, Upstream } from './upstream.ts';

export type Exchange = {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  /** The client for fair shares; null: not counted. */
  clientKey: string | null;
  /** Path and query. */
  target: string;
  upstream: Upstream;
  origin: Origin;
  /** Called with the answer before it is passed on. @returns headers to add to it */
  onAnswer(answer: IncomingMessage): FlatHeaders;
};

/** The status of a request whose client disconnected. nginx's number, only for the log. */
const CLIENT_GONE = 499;

/** The upstream did not answer in time. */
export class UpstreamTimeout extends Error {
  override name = 'UpstreamTimeout';
}

/**
 * Forwards a request and its answer. A small body is received completely before the request takes a connection. A large
 * one is streamed, and so is the answer. When visitor or upstream closes, the other side is closed too.
 * @returns once the head of the answer is sent; the body follows by itself
 * @throws Problem overloaded, upstream_timeout, upstream_unreachable, before anything was sent
 */
export async function forward(exchange: Exchange): Promise<Response> {
  const { incoming, outgoing, upstream, clientKey } = exchange;
  const { body_timeout_ms: windowMs, min_body_rate: bytesPerSecond } = upstream.settings;
  let release = () => {};
  try {
    setBodyRate(incoming, { windowMs, bytesPerSecond });
    const received = upstream.receive(incoming);
    const body = received instanceof Promise ? await received : received;
    const bulkhead = bulkheadFor(upstream, incoming, body);
    release = await bulkhead.slots.take(clientKey);
    if (outgoing.destroyed) {
      release();
      return alreadySent(CLIENT_GONE);
    }
    const { answer, request } = await sendRequest(exchange, body, bulkhead);
    request.once('close', await slotFor(exchange, answer, request, release));
    return passBack(exchange, answer);
  } catch (cause) {
    release();
    if (outgoing.destroyed) return alreadySent(CLIENT_GONE);
    incoming.unpipe();
    incoming.resume();
    throw toProblem(cause);
  }
}

const READS = /^(?:GET|HEAD|OPTIONS)$/;

function bulkheadFor(upstream: Upstream, { method }: IncomingMessage, { kind }: ReceivedBody): Bulkhead {
  if (kind === 'streamed') return upstream.uploads;
  return kind === 'none' && READS.test(method ?? '') ? upstream.reads : upstream.writes;
}

/** A longer answer counts as a stream: its reader is slow, or it is large. */
const LONG_ANSWER_MS = 5_000;

/** An event stream lasts as long as its client, so it moves to a slot of its own kind and does not block requests. */
async function slotFor(
  { upstream, clientKey }: Exchange,
  answer: IncomingMessage,
  request: ClientRequest,
  release: () => void,
): Promise<() => void> {
  const { body_timeout_ms, stream_timeout_ms } = upstream.settings;
  const isStream = /^text\/event-stream\b/i.test(answer.headers['content-type'] ?? '');
  request.setTimeout(isStream ? stream_timeout_ms : body_timeout_ms);
  if (!isStream) return moveLongAnswer(upstream, clientKey, request, release);
  const leave = await upstream.streams.slots.take(clientKey).catch((full) => {
    request.destroy();
    throw full;
  });
  release();
  return leave;
}

/** If no stream slot is free, the answer keeps its slot. @returns releases the current slot */
function moveLongAnswer(
  { streams }: Upstream,
  clientKey: string | null,
  request: ClientRequest,
  release: () => void,
): () => void {
  let leave = release;
  const move = setTimeout(async () => {
    const taken = await streams.slots.take(clientKey).catch(() => null);
    if (!taken) return;
    if (request.closed) return taken();
    leave = taken;
    release();
  }, LONG_ANSWER_MS);
  return () => {
    clearTimeout(move);
    leave();
  };
}

export function toProblem(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  if (cause instanceof UpstreamTimeout) return new Problem('upstream_timeout', { cause });
  return new Problem('upstream_unreachable', { cause, retryAfterSeconds: 2 });
}

type UpstreamAnswer = { answer: IncomingMessage; request: ClientRequest };

async function sendRequest(
  exchange: Exchange,
  body: ReceivedBody,
  { agent }: Bulkhead,
): Promise<UpstreamAnswer> {
  const { incoming, upstream, origin, target } = exchange;
  const headers = requestHeaders(incoming, upstream.settings, origin);
  const options = { method: incoming.method ?? 'GET', path: target, headers };
  const first = upstream.request({ ...options, agent });
  const bytesBefore = bytesReadBy(first);
  try {
    return await answerOf(exchange, first, body);
  } catch (error) {
    // The upstream closed an idle connection just as we used it. Retry once, if the request is idempotent.
    const isStale =
      first.reusedSocket &&
      /^(?:ECONNRESET|EPIPE)$/.test(String(Object(error).code)) &&
      first.socket?.bytesRead === bytesBefore();
    const isSafe = body.kind !== 'streamed' && isIdempotent(incoming);
    if (!isStale || !isSafe || exchange.outgoing.destroyed) throw error;
    return answerOf(exchange, upstream.request({ ...options, agent: false }), body);
  }
}

/** Bytes received on its connection before a request. */
function bytesReadBy(request: ClientRequest): () => number | undefined {
  let before: number | undefined;
  request.once('socket', (socket) => {
    before = socket.bytesRead;
  });
  return () => before;
}

/** RFC 9110, 9.2.2, and requests with an idempotency key. */
const isIdempotent = ({ method, headers }: IncomingMessage): boolean =>
  /^(?:GET|HEAD|OPTIONS|PUT|DELETE)$/.test(method ?? '') ||
  (method === 'POST' && headers['idempotency-key'] !== undefined);

function answerOf(
  { incoming, outgoing, upstream }: Exchange,
  request: ClientRequest,
  body: ReceivedBody,
): Promise<UpstreamAnswer> {
  const { settings } = upstream;
  return new Promise((resolve, reject) => {
    let answered = false;
    limitTime(request, settings);
    request.on('error', reject);
    request.on('information', (news) => forwardInterim(news, outgoing, settings));
    request.once('response', (answer: IncomingMessage) => {
      answered = true;
      resolve({ answer, request });
    });
    request.once('finish', () => {
      if (!answered) request.setTimeout(settings.headers_timeout_ms);
    });
    // The client disconnected, or was answered before the upload was complete: the rest is not needed.
    outgoing.once('close', () => {
      incoming.unpipe(request);
      if (!outgoing.writableFinished || !request.writableFinished) request.destroy();
    });
    if (body.kind === 'streamed') {
      if (body.begun.length > 0) request.write(body.begun);
      incoming.pipe(request);
    } else request.end(body.kind === 'whole' ? body.bytes : undefined);
  });
}

/** Connecting has its own limit; after that the limit is for silence, and later steps change it. */
export function limitTime(request: ClientRequest, settings: Upstream['settings']): void {
  const expire = (what: string) => () => request.destroy(new UpstreamTimeout(what));
  request.setTimeout(settings.body_timeout_ms);
  request.on('timeout', expire('silent for too long'));
  const connecting = setTimeout(expire('not connected in time'), settings.connect_timeout_ms);
  request.once('close', () => clearTimeout(connecting));
  request.once('socket', (socket) => {
    const connected = () => clearTimeout(connecting);
    if (!socket.connecting) connected();
    else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', connected);
  });
}

/** Passes interim answers on (103 early hints, 102). Node itself sends 100. */
function forwardInterim(
  news: InformationEvent,
  outgoing: ServerResponse,
  settings: Upstream['settings'],
): void {
  if (outgoing.headersSent || outgoing.destroyed || outgoing.req.httpVersion === '1.0') return;
  if (news.statusCode !== 100) outgoing.writeInformation(news.statusCode, answerHeaders(news, settings));
}

function passBack(exchange: Exchange, answer: IncomingMessage): Response {
  const { incoming, outgoing, upstream, origin } = exchange;
  const status = statusOf(answer);
  const added = exchange.onAnswer(answer);
  const headers = [...answerHeaders(answer, upstream.settings), ...added, 'X-Request-Id', origin.requestId];
  if (incoming.method === 'HEAD') {
    answer.resume();
    return new Response(null, { status: shown(status), headers: [...pairs(headers)] });
  }
  outgoing.writeHead(status, answer.statusMessage ?? '', headers);
  // Sent at once, because the first byte of the body may take long.
  outgoing.flushHeaders();
  // A broken body breaks the answer, so that the visitor sees that it is incomplete.
  pipeline(answer, outgoing, () => {});
  return alreadySent(status);
}

/** Tells the server that this answer was already sent, and the access log its status. */
function alreadySent(status: number): Response {
  const sent = new Response(null, { status: shown(status), headers: RESPONSE_ALREADY_SENT.headers });
  // Read the body, because the adapter's shortcut for simple answers ignores the mark.
  void sent.body;
  return sent;
}

/** An upstream may send 999; a `Response` may not. */
const shown = (status: number) => Math.min(status, 599);
