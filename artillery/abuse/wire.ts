import { connect, type Socket } from 'node:net';
import type { Answer } from './answer.ts';

export type WireOptions = {
  /** Stops reading after this time without an end. Default: 5 000 ms. */
  patienceMs?: number;
  /** The loopback address to send from. */
  from?: string;
  /** Answers to wait for, if the connection stays open. Default: 1. */
  answers?: number;
  /** Called with bytes as they arrive, so that a case can continue then. */
  onData?: (socket: Socket, received: string) => void;
};

/** What a connection received: each answer, and whether the server closed it. */
export type Received = { answers: Answer[]; closed: boolean; raw: string; ms: number };

/** Opens a connection to a plain HTTP origin. */
export function open(origin: URL, from?: string): Socket {
  return connect({
    host: origin.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(origin.port || 80),
    ...(origin.hostname === 'localhost' ? { family: 4 } : {}),
    ...(from ? { localAddress: from } : {}),
  });
}

/** Sends bytes unchanged on a new connection, and reads the answers. */
export function sendBytes(origin: URL, bytes: string | Buffer, options: WireOptions = {}): Promise<Received> {
  const { patienceMs = 5_000, answers: wanted = 1 } = options;
  const started = performance.now();
  const socket = open(origin, options.from);
  const { promise, resolve } = Promise.withResolvers<Received>();
  let raw = '';
  const finish = (closed: boolean) => {
    clearTimeout(patience);
    socket.destroy();
    const answers = readAnswers(raw).map((answer) => ({ ...answer, sent: describe(bytes) }));
    resolve({ answers, closed, raw, ms: performance.now() - started });
  };
  const patience = setTimeout(() => finish(false), patienceMs);
  socket.setEncoding('latin1');
  socket.once('connect', () =>
    socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes),
  );
  socket.on('data', (chunk: string) => {
    raw += chunk;
    options.onData?.(socket, raw);
    if (readAnswers(raw).filter(({ whole }) => whole).length >= wanted) setTimeout(() => finish(false), 150);
  });
  socket.on('error', () => finish(true));
  socket.on('close', () => finish(true));
  return promise;
}

const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})[^\r\n]*\r\n/;

/** The answers in a stream of bytes, in order, without interim ones (1xx). */
export function readAnswers(raw: string): (Omit<Answer, 'sent'> & { whole: boolean })[] {
  const found = [];
  let rest = raw;
  for (;;) {
    const start = STATUS_LINE.exec(rest);
    const headEnd = rest.indexOf('\r\n\r\n');
    if (!start || headEnd < 0) return found;
    const headers = readHeaders(rest.slice(start[0].length, headEnd));
    const status = Number(start[1]);
    const { text, used, whole } = readBody(rest.slice(headEnd + 4), status, headers);
    rest = rest.slice(headEnd + 4 + used);
    if (status >= 200) found.push({ status, headers, text, ms: 0, whole });
    if (!whole) return found;
  }
}

function readHeaders(head: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}

function readBody(rest: string, status: number, headers: Record<string, string>) {
  if (status < 200 || status === 204 || status === 304) return { text: '', used: 0, whole: true };
  if (headers['transfer-encoding']?.toLowerCase() === 'chunked') {
    const end = rest.indexOf('0\r\n\r\n');
    return end < 0
      ? { text: rest, used: rest.length, whole: false }
      : { text: rest.slice(0, end), used: end + 5, whole: true };
  }
  const length = Number(headers['content-length'] ?? Number.NaN);
  if (Number.isNaN(length)) return { text: rest, used: rest.length, whole: false };
  return { text: rest.slice(0, length), used: Math.min(length, rest.length), whole: rest.length >= length };
}

const describe = (bytes: string | Buffer) => (typeof bytes === 'string' ? bytes : bytes.toString('latin1'));
