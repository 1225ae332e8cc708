import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Reload } from './reload.ts';

export type FrontOptions = {
  port: number;
  gatewayPort: number;
  reload: Reload;
  /** Resolves when the gateway can take requests: undefined, or the reason why it cannot. */
  whenUp: () => Promise<string | undefined>;
  /** Answers paths of the development system itself. @returns false for any other request */
  more: (request: IncomingMessage, response: ServerResponse) => boolean;
  lifecycle: Lifecycle;
};

/**
 * A proxy in front of the gateway, which stays as in production. It forwards everything, holds requests while the gateway
 * restarts, and adds the reload script to pages whose policy allows it.
 */
export async function startFront(options: FrontOptions): Promise<void> {
  const { port, gatewayPort, reload, whenUp, more, lifecycle } = options;

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const problem = await whenUp();
    if (problem !== undefined) return sorry(response, problem, reload);
    const wantsPage = request.method === 'GET' && /text\/html/.test(request.headers.accept ?? '');
    const headers = { ...request.headers };
    if (wantsPage)
      for (const name of ['accept-encoding', 'if-none-match', 'if-modified-since']) delete headers[name];
    const { method, url: path } = request;
    const asked = send({ host: '127.0.0.1', port: gatewayPort, method, path, headers, agent: false });
    response.once('close', () => asked.destroy());
    request.pipe(asked);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      asked.once('response', resolve).once('error', reject);
    });
    if (wantsPage && mayReload(answer)) return await sendWithReload(answer, response, reload);
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, withoutConnection(answer.rawHeaders));
    response.flushHeaders();
    await pipeline(answer, response);
  }

  const server = createServer((request, response) => {
    if (reload.answer(request, response) || more(request, response)) return;
    pass(request, response).catch((error: Error) => {
      if (response.headersSent) response.destroy();
      else sorry(response, error.message, reload);
    });
  });
  server.on('upgrade', (request, socket, head) => void upgrade(request, socket, head, options));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  lifecycle.onClose('front', async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
}

/** Headers about the connection to the gateway are not forwarded. */
function withoutConnection(rawHeaders: string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (!/^(connection|keep-alive)$/i.test(rawHeaders[at] ?? '')) kept.push(...rawHeaders.slice(at, at + 2));
  return kept;
}

/** Pages get the script if their policy allows it, or if they have none. */
function mayReload({ headers }: IncomingMessage): boolean {
  if (!/^text\/html/.test(headers['content-type'] ?? '') || headers['content-encoding']) return false;
  const policy = headers['content-security-policy'];
  return policy === undefined || /script-src[^;]*'self'/.test(String(policy));
}

async function sendWithReload(
  answer: IncomingMessage,
  response: ServerResponse,
  reload: Reload,
): Promise<void> {
  // Before the answer is read: the page does not contain a change that comes in the meantime.
  const element = reload.element();
  const page = (await buffer(answer)).toString().replace('</head>', () => `${element}</head>`);
  const { etag: _, 'transfer-encoding': __, connection: ___, ...headers } = answer.headers;
  response.writeHead(answer.statusCode ?? 200, {
    ...headers,
    'content-length': Buffer.byteLength(page),
    'cache-control': 'no-store',
  });
  response.end(page);
}

/** The page that a browser shows until the source is fixed. */
function sorry(response: ServerResponse, why: string, reload: Reload): void {
  response.writeHead(502, { 'Content-Type': 'text/html; charset=UTF-8', 'Cache-Control': 'no-store' });
  const text = why.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  response.end(`<!doctype html><html lang="en"><head><title>The gateway is down</title>${reload.element()}</head>
<body><h1>The gateway is down</h1><pre>${text}</pre></body></html>`);
}

async function upgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  { whenUp, gatewayPort }: FrontOptions,
): Promise<void> {
  socket.on('error', () => socket.destroy());
  if ((await whenUp()) !== undefined) return void socket.destroy();
  const upstream = connect(gatewayPort, '127.0.0.1');
  upstream.on('error', () => socket.destroy());
  socket.on('close', () => upstream.destroy());
  const lines = [`${request.method} ${request.url} HTTP/1.1`];
  for (let at = 0; at < request.rawHeaders.length; at += 2)
    lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
  upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
  upstream.write(head);
  socket.pipe(upstream).pipe(socket);
}
