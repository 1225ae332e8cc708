import type { ClientRequest, IncomingMessage, InformationEvent, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Problem } from '@shopfast/kit/errors';
import { answerHeaders, type FlatHeaders, hasBody, type Origin, pairs, requestHeaders } from './headers.ts';
import type { Upstream } from './upstream.ts';

export type Exchange = {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  /** Path and query. */
  target: string;
  upstream: Upstream;
  origin: Origin;
  /** Told of the answer before it is passed on. @returns headers to add to it */
  onAnswer(answer: IncomingMessage): FlatHeaders;
};

/** What a visitor who went away "got"; nginx's number, for the log alone. */
const CLIENT_GONE = 499;

/** The upstream had its time. */
export class UpstreamTimeout extends Error {
  override name = 'UpstreamTimeout';
}

/**
 * Passes a request on and its answer back, streaming both ways: nothing is kept but what is on its way. Whoever goes
 * first, visitor or upstream, ends the other side too.
 * @returns once the head of the answer is sent; the body follows by itself
 * @throws Problem overloaded, upstream_timeout, upstream_unreachable, before anything was sent
 */
export async function forward(exchange: Exchange): Promise<Response> {
  const { incoming, outgoing, upstream } = exchange;
  const release = await upstream.slots.take();
  if (outgoing.destroyed) {
    release();
    return alreadySent(CLIENT_GONE);
  }
  try {
    const { answer, request } = await ask(exchange);
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

/** An event stream lasts as long as somebody listens, so it moves over to where it does not keep requests waiting. */
async function slotFor(
  { upstream }: Exchange,
  answer: IncomingMessage,
  request: ClientRequest,
  release: () => void,
): Promise<() => void> {
  const { body_timeout_ms, stream_timeout_ms } = upstream.settings;
  const isStream = /^text\/event-stream\b/i.test(answer.headers['content-type'] ?? '');
  request.setTimeout(isStream ? stream_timeout_ms : body_timeout_ms);
  if (!isStream) return release;
  const leave = await upstream.streams.take().catch((full) => {
    request.destroy();
    throw full;
  });
  release();
  return leave;
}

export function toProblem(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  if (cause instanceof UpstreamTimeout) return new Problem('upstream_timeout', { cause });
  return new Problem('upstream_unreachable', { cause, retryAfterSeconds: 2 });
}

type Asked = { answer: IncomingMessage; request: ClientRequest };

async function ask(exchange: Exchange): Promise<Asked> {
  const { incoming, upstream, origin, target } = exchange;
  const headers = requestHeaders(incoming, upstream.settings, origin);
  const options = { method: incoming.method ?? 'GET', path: target, headers };
  const first = upstream.request(options);
  try {
    return await answerOf(exchange, first);
  } catch (error) {
    // The upstream closed a kept connection in the moment that we used it: asked once more, where asking twice is safe.
    const isStale =
      first.reusedSocket && /^(?:ECONNRESET|EPIPE)$/.test(String((error as NodeJS.ErrnoException).code));
    const isSafe = /^(?:GET|HEAD|OPTIONS)$/.test(options.method) && !hasBody(incoming);
    if (!isStale || !isSafe || exchange.outgoing.destroyed) throw error;
    return answerOf(exchange, upstream.request({ ...options, fresh: true }));
  }
}

function answerOf({ incoming, outgoing, upstream }: Exchange, request: ClientRequest): Promise<Asked> {
  const { settings } = upstream;
  return new Promise((resolve, reject) => {
    let answered = false;
    limitTime(request, settings);
    request.on('error', reject);
    request.on('information', (news) => passNews(news, outgoing, settings));
    request.once('response', (answer: IncomingMessage) => {
      answered = true;
      resolve({ answer, request });
    });
    request.once('finish', () => {
      if (!answered) request.setTimeout(settings.headers_timeout_ms);
    });
    // Gone before the end, or answered before the upload was over: nobody needs the rest.
    outgoing.once('close', () => {
      incoming.unpipe(request);
      if (!outgoing.writableFinished || !request.writableFinished) request.destroy();
    });
    if (hasBody(incoming)) incoming.pipe(request);
    else request.end();
  });
}

/** Connecting has its own limit; then silence has one, which later steps change. */
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

/** Passes interim answers on (103 early hints, 102); 100 is said by Node itself. */
function passNews(news: InformationEvent, outgoing: ServerResponse, settings: Upstream['settings']): void {
  if (outgoing.headersSent || outgoing.destroyed || outgoing.req.httpVersion === '1.0') return;
  if (news.statusCode !== 100) outgoing.writeInformation(news.statusCode, answerHeaders(news, settings));
}

function passBack(exchange: Exchange, answer: IncomingMessage): Response {
  const { incoming, outgoing, upstream, origin } = exchange;
  const status = answer.statusCode as number;
  const added = exchange.onAnswer(answer);
  const headers = [...answerHeaders(answer, upstream.settings), ...added, 'X-Request-Id', origin.requestId];
  if (incoming.method === 'HEAD') {
    answer.resume();
    return new Response(null, { status: shown(status), headers: [...pairs(headers)] });
  }
  outgoing.writeHead(status, answer.statusMessage ?? '', headers);
  // Sent at once: the first byte of the body may be long in coming.
  outgoing.flushHeaders();
  // A broken body breaks the answer: the visitor sees that it is not whole.
  pipeline(answer, outgoing, () => {});
  return alreadySent(status);
}

/** Tells the server to leave this answer alone, and the access log how it went. HEAD has no such way in Hono. */
function alreadySent(status: number): Response {
  const sent = new Response(null, { status: shown(status), headers: RESPONSE_ALREADY_SENT.headers });
  // The adapter's quick way for simple answers overlooks the mark; having been asked for its body, this is none.
  void sent.body;
  return sent;
}

/** Upstreams may say 999; a `Response` may not. */
const shown = (status: number) => Math.min(status, 599);
