import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { portOf } from '@shopfast/kit/port-of';

/** A shop that answers every request with the request that it received. */
export type EchoUpstream = { url: string; received(): number; close(): Promise<void> };

/** The field that identifies an answer of this server. */
export const ECHO = 'reached_upstream';

/** Names that only our services give. */
export const OUR_COOKIES = [
  '__Host-account.session_token',
  '__Host-ticket_launch',
  '__Host-res_launch',
  '__Host-bind_launch',
];

export async function startEchoUpstream(): Promise<EchoUpstream> {
  let received = 0;
  const sockets = new Set<Socket>();
  const server: Server = createServer((request, response) => {
    received += 1;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('latin1').slice(0, 2_000);
      response.writeHead(200, {
        'content-type': 'application/json',
        // A header for the gateway only; visitors must not see it.
        'waitroom-inner': 'seen',
        // A foreign shop may not give a visitor a session, a ticket or a reservation of ours.
        'set-cookie': [...OUR_COOKIES.map((name) => `${name}=foreign; Secure; Path=/`), 'cart=1; Path=/'],
      });
      const { method, url, rawHeaders } = request;
      response.end(JSON.stringify({ [ECHO]: true, method, url, headers: rawHeaders, body }));
    });
  });
  server.on('upgrade', (request, socket) => {
    received += 1;
    const headers = JSON.stringify(request.rawHeaders);
    socket.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    socket.write(headers);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    received: () => received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // The server does not count upgraded connections any more.
        for (const socket of sockets) socket.destroy();
      }),
  };
}
