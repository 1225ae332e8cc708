import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Duplex, pipeline } from 'node:stream';
import { Problem, problemDocument } from '@shopfast/kit/errors';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { requestIdFor } from '@shopfast/kit/request-id';
import { isAmbiguous } from '@shopfast/kit/wire-limits';
import { limitTime, toProblem } from './forward.ts';
import { answerHeaders, requestHeaders, statusOf } from './headers.ts';
import { readTarget } from './path.ts';
import { type Passage, type Protect, queueRequired } from './protect.ts';
import { isForOperators } from './rules.ts';

/**
 * Forwards WebSocket handshakes, by the same rules as requests, and then bytes in both directions. Any other `Upgrade`
 * is an offer that we decline: such a request is answered as if it had none.
 */
export function acceptUpgrades(server: Server, protect: Protect, lifecycle: Lifecycle): void {
  const open = new Set<Duplex>();
  // Node calls this before it hands over a connection (`shouldUpgradeCallback` of createServer).
  Object.assign(server, { shouldUpgradeCallback: isWebSocket });

  server.on('upgrade', (incoming, socket, head) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    void connect(protect, incoming, socket, head);
  });
  // Node does not track upgraded connections, and would wait for them for ever.
  lifecycle.onClose('web sockets', () => {
    for (const socket of open) socket.destroy();
  });
}

/**
 * Operators' calls have no WebSockets. An upgrade request for one is answered like any other call, with the key check.
 */
function isWebSocket({ method, headers, url = '' }: IncomingMessage): boolean {
  if (method !== 'GET' || !/^websocket$/i.test(headers.upgrade ?? '')) return false;
  const target = readTarget(url);
  return target === null || !isForOperators(target);
}

async function connect(
  protect: Protect,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const given = incoming.headers['x-request-id']?.toString();
  const requestId = requestIdFor(given, { env: { incoming } }, protect.deps.limits.isTrusted);
  const started = performance.now();
  const log = (status: number) =>
    protect.deps.log.info(
      {
        request_id: requestId,
        method: incoming.method,
        path: (incoming.url ?? '').split('?')[0],
        status,
        ms: Math.round((performance.now() - started) * 10) / 10,
      },
      'upgrade',
    );
  try {
    if (isAmbiguous(incoming)) throw new Problem('malformed_request');
    const passage = await protect.examine(incoming);
    if (!passage) throw new Problem('not_found');
    if ('why' in passage) throw queueRequired(passage);
    log(await join(protect, passage, { incoming, socket, head, requestId }));
  } catch (cause) {
    const problem = toProblem(cause);
    log(problem.status);
    refuse(incoming, socket, problem, requestId);
  }
}

type Handshake = { incoming: IncomingMessage; socket: Duplex; head: Buffer; requestId: string };

/** @returns the status of the upstream's answer: 101, or its refusal, which is passed on */
async function join(
  protect: Protect,
  passage: Passage,
  { incoming, socket, head, requestId }: Handshake,
): Promise<number> {
  const { upstream, target, reservation } = passage;
  const leave = await upstream.streams.slots.take(protect.deps.limits.clientKey(incoming));
  socket.once('close', leave);
  if (socket.destroyed) leave();
  const request = upstream.request({
    method: 'GET',
    path: target.raw,
    headers: [
      ...requestHeaders(incoming, upstream.settings, protect.originOf(passage, incoming, requestId)),
      'Connection',
      'Upgrade',
      'Upgrade',
      'websocket',
    ],
    agent: false,
  });
  limitTime(request, upstream.settings);
  socket.once('close', () => request.destroy());

  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.end();
    request.once('finish', () => request.setTimeout(upstream.settings.headers_timeout_ms));
    request.once('response', (answer) => {
      const outgoing = answerOn(incoming, socket);
      const status = statusOf(answer);
      outgoing.writeHead(status, answer.statusMessage ?? '', [
        ...answerHeaders(answer, upstream.settings),
        ...protect.applyDirectives(answer, passage),
        ...['X-Request-Id', requestId],
      ]);
      pipeline(answer, outgoing, () => {});
      resolve(status);
    });
    request.once('upgrade', (answer, upstreamSocket, upstreamHead) => {
      request.setTimeout(0);
      const headers = answerHeaders(answer, upstream.settings);
      socket.write(switchingProtocols([...headers, ...protect.applyDirectives(answer, passage)]));
      if (upstreamHead.length > 0) socket.write(upstreamHead);
      if (head.length > 0) upstreamSocket.write(head);
      // Node's type allows any stream; a server's upgrade has a socket.
      connectSockets(socket as Socket, upstreamSocket, upstream.settings.stream_timeout_ms);
      // The time to buy also ends for an open connection.
      if (reservation) {
        endAfter(reservation.claims.exp * 1_000 - protect.deps.clock.now(), socket);
        socket.once(
          'close',
          protect.watch(reservation, () => socket.destroy()),
        );
      }
      resolve(101);
    });
  });
}

function switchingProtocols(headers: readonly string[]): string {
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: websocket'];
  for (let at = 0; at + 1 < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** Connects two sockets: bytes, back-pressure, and the end of one ends the other. */
function connectSockets(socket: Socket, upstreamSocket: Socket, idleMs: number): void {
  socket.pipe(upstreamSocket).pipe(socket);
  upstreamSocket.on('error', () => socket.destroy());
  for (const [one, other] of [
    [socket, upstreamSocket],
    [upstreamSocket, socket],
  ] as const) {
    // Pending bytes are delivered; half-open connections are closed.
    one.once('end', () => other.destroySoon());
    one.once('close', () => other.destroySoon());
    one.setTimeout(idleMs, () => one.destroy());
  }
}

function endAfter(ms: number, socket: Duplex): void {
  const end = setTimeout(() => socket.destroy(), Math.max(0, ms));
  socket.once('close', () => clearTimeout(end));
}

/** A normal answer on a connection that Node has handed over. */
function answerOn(incoming: IncomingMessage, socket: Duplex): ServerResponse {
  const outgoing = new ServerResponse(incoming);
  outgoing.shouldKeepAlive = false;
  // Node's type allows any stream; a server's upgrade has a socket.
  const raw = socket as Socket;
  outgoing.assignSocket(raw);
  outgoing.once('finish', () => raw.destroySoon());
  return outgoing;
}

function refuse(incoming: IncomingMessage, socket: Duplex, problem: Problem, requestId: string): void {
  if (socket.destroyed) return;
  answerOn(incoming, socket)
    .writeHead(problem.status, {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      'X-Request-Id': requestId,
      ...(problem.status === 503 || problem.retryAfterSeconds
        ? { 'Retry-After': String(Math.ceil(problem.retryAfterSeconds ?? 2)) }
        : {}),
    })
    .end(JSON.stringify(problemDocument(problem, requestId)));
}
