import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Answer } from './answer.ts';

export type Request = {
  /** Default: GET, or POST with a body. */
  method?: string;
  /** Sent unchanged, without normalisation. */
  path: string;
  headers?: Record<string, string | string[] | undefined>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent unchanged. */
  body?: string | Buffer;
  /** The loopback address to send from: the server sees another client. */
  from?: string;
  /** After this time without an answer there is none. Default: 20 000 ms. */
  patienceMs?: number;
};

const PATIENCE_MS = 20_000;
const MOST_BODY = 2_000_000;

/** Sends one request on a new connection. Never throws for what the server does: no answer has the status 0. */
export function send(origin: URL, given: Request): Promise<Answer> {
  const body = given.json === undefined ? given.body : JSON.stringify(given.json);
  const method = given.method ?? (body === undefined ? 'GET' : 'POST');
  const headers = headersOf(given, body);
  const started = performance.now();
  const sent = describe(method, given.path, headers, body);
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const end = (answer: Pick<Answer, 'status' | 'headers' | 'text'>) =>
    resolve({ ...answer, ms: performance.now() - started, sent });
  const start = origin.protocol === 'https:' ? httpsRequest : httpRequest;
  const request = start({
    hostname: origin.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: origin.port || (origin.protocol === 'https:' ? 443 : 80),
    method,
    path: given.path,
    headers,
    agent: false,
    ...(origin.hostname === 'localhost' ? { family: 4 } : {}),
    ...(given.from ? { localAddress: given.from } : {}),
    insecureHTTPParser: false,
    maxHeaderSize: 262_144,
  });
  const patience = setTimeout(() => request.destroy(), given.patienceMs ?? PATIENCE_MS);
  request.on('error', (error) => end({ status: 0, headers: {}, text: error.message }));
  request.on('close', () => clearTimeout(patience));
  request.on('upgrade', (answer, socket) => {
    socket.destroy();
    end({ status: answer.statusCode ?? 0, headers: joined(answer), text: '' });
  });
  request.on('response', (answer) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = () =>
      end({
        status: answer.statusCode ?? 0,
        headers: joined(answer),
        text: Buffer.concat(chunks).toString('utf8'),
      });
    const isStream = /^text\/event-stream\b/.test(answer.headers['content-type'] ?? '');
    answer.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      // The first event of a stream, or the start of a flood, is enough.
      if (isStream || size > MOST_BODY) request.destroy();
    });
    answer.on('end', finish);
    answer.on('close', finish);
    answer.on('error', finish);
  });
  request.end(body);
  return promise;
}

function headersOf({ headers = {}, json }: Request, body: string | Buffer | undefined) {
  const all: Record<string, string | string[]> = {};
  if (json !== undefined) all['content-type'] = 'application/json';
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) all[name.toLowerCase()] = value;
  if (body !== undefined && all['transfer-encoding'] === undefined)
    all['content-length'] ??= String(Buffer.byteLength(body));
  return all;
}

function joined({ rawHeaders }: IncomingMessage): Record<string, string> {
  const all: Record<string, string> = {};
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = [rawHeaders[at]?.toLowerCase(), rawHeaders[at + 1]];
    const between = name === 'set-cookie' ? '\n' : ', ';
    all[name] = all[name] === undefined ? value : `${all[name]}${between}${value}`;
  }
  return all;
}

function describe(
  method: string,
  path: string,
  headers: Record<string, string | string[]>,
  body: string | Buffer | undefined,
): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path}`, ...lines, ...(body === undefined ? [] : ['', String(body)])].join('\n');
}
