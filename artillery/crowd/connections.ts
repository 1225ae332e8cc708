import { connect, type Socket } from 'node:net';
import type { Received } from '@shopfast/sandbox/shopper/answers';
import type { ShopperRequest } from '@shopfast/sandbox/shopper/calls';

type Job = { text: string; answer: (received: Received) => void };
type Line = { socket: Socket; job: Job | null; sentAt: number; received: Buffer };

/** The status of a request whose connection broke, and of one without an answer in time. */
export const BROKEN = 0;
export const TIMED_OUT = 1;
export const USUAL_PATIENCE_MS = 10_000;

export type Connections = {
  /** Sends a complete request, as soon as a connection is free. */
  send(text: string, answer: (received: Received) => void): void;
  readonly inFlight: number;
  readonly queued: number;
  close(): void;
};

/**
 * A bounded number of kept-alive connections that many shoppers share. A minimal HTTP/1.1 client, because the crowd
 * runs on the same cores as the measured shop.
 */
export function openConnections(origin: URL, most: number, patienceMs = USUAL_PATIENCE_MS): Connections {
  const idle: Line[] = [];
  const busy = new Set<Line>();
  const waiting: Job[] = [];
  let opened = 0;
  let closed = false;

  function dial(): Line {
    opened += 1;
    const socket = connect({ host: origin.hostname, port: Number(origin.port), noDelay: true });
    const line: Line = { socket, job: null, sentAt: 0, received: EMPTY };
    socket.on('data', (chunk: Buffer) => take(line, chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      opened -= 1;
      const at = idle.indexOf(line);
      if (at >= 0) idle.splice(at, 1);
      finish(line, { status: BROKEN, retryAfterMs: 0, text: '' });
    });
    return line;
  }

  function put(line: Line, job: Job): void {
    line.job = job;
    line.sentAt = performance.now();
    line.received = EMPTY;
    busy.add(line);
    line.socket.write(job.text);
  }

  function take(line: Line, chunk: Buffer): void {
    line.received = line.received.length === 0 ? chunk : Buffer.concat([line.received, chunk]);
    const reply = parse(line.received);
    if (reply) finish(line, reply);
  }

  function finish(line: Line, reply: Received): void {
    const job = line.job;
    line.job = null;
    busy.delete(line);
    if (!line.socket.destroyed && reply.status > TIMED_OUT) {
      const next = waiting.shift();
      if (next) put(line, next);
      else idle.push(line);
    } else {
      const next = closed ? undefined : waiting.shift();
      if (next) put(dial(), next);
    }
    job?.answer(reply);
  }

  const sweep = setInterval(() => {
    const oldest = performance.now() - patienceMs;
    for (const line of [...busy]) {
      if (line.sentAt > oldest) continue;
      line.socket.destroy();
      finish(line, { status: TIMED_OUT, retryAfterMs: 0, text: '' });
    }
  }, 250);

  return {
    send: (text, answer) => {
      const job = { text, answer };
      const line = idle.pop();
      if (line) put(line, job);
      else if (opened < most) put(dial(), job);
      else waiting.push(job);
    },
    get inFlight() {
      return busy.size;
    },
    get queued() {
      return waiting.length;
    },
    close: () => {
      closed = true;
      clearInterval(sweep);
      for (const line of [...idle, ...busy]) line.socket.destroy();
    },
  };
}

/** A complete HTTP/1.1 request. */
export function httpRequest(
  host: string,
  { method, path, headers, body }: Pick<ShopperRequest, 'method' | 'path' | 'headers' | 'body'>,
): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const text = body === undefined ? '' : JSON.stringify(body);
  const type = body === undefined ? '' : 'Content-Type: application/json\r\n';
  const length = method === 'POST' ? `Content-Length: ${Buffer.byteLength(text)}\r\n` : '';
  return `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${lines.join('')}${type}${length}\r\n${text}`;
}

const EMPTY = Buffer.alloc(0);
const HEAD_END = Buffer.from('\r\n\r\n');

/** A complete answer, or null while it is incomplete. */
export function parse(received: Buffer): Received | null {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd < 0) return null;
  const head = received.toString('latin1', 0, headEnd);
  const status = Number(head.slice(9, 12));
  const retryAfterMs = Number(/\r\nretry-after: *(\d+)/i.exec(head)?.[1] ?? 0) * 1_000;
  const start = headEnd + 4;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const end = start + Number(length);
    return received.length < end
      ? null
      : { status, retryAfterMs, text: received.toString('utf8', start, end) };
  }
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return { status, retryAfterMs, text: '' };
  const text = unchunk(received, start);
  return text === null ? null : { status, retryAfterMs, text };
}

function unchunk(received: Buffer, start: number): string | null {
  const parts: Buffer[] = [];
  for (let at = start; ; ) {
    const lineEnd = received.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(received.toString('latin1', at, lineEnd), 16);
    const end = lineEnd + 2 + size;
    if (received.length < end + 2) return null;
    if (size === 0) return Buffer.concat(parts).toString();
    parts.push(received.subarray(lineEnd + 2, end));
    at = end + 2;
  }
}
