import type { AddressInfo } from 'node:net';
import { createServer, connect as openConnection, type Socket } from 'node:net';

/** A guarantee of the gateway that the proxy violates. */
export type Breach = {
  /** Changes the head of a connection's first request before the gateway sees it. */
  request?: (head: string) => string;
  /** Changes the head of the first answer before the client sees it; also gets the request's head. */
  answer?: (head: string, request: string) => string;
  /** Keeps a client's connection open when the gateway has ended it. */
  holds?: boolean;
};

export type BreakingProxy = { origin: URL; close(): Promise<void> };

const HEAD_END = '\r\n\r\n';
/** After this time an incomplete head is passed on as it is: a slow client must look slow to the gateway too. */
const HEAD_MS = 300;

/** A proxy in front of a gateway that violates one guarantee, like a gateway with a check removed. */
export async function openBreakingProxy(gateway: URL, breach: Breach): Promise<BreakingProxy> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = openConnection({ host: '127.0.0.1', port: Number(gateway.port) });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    }
    let asked = '';
    pass(client, upstream, (head) => {
      asked = head;
      return breach.request?.(head) ?? head;
    });
    pass(upstream, client, (head) => breach.answer?.(head, asked) ?? head);
    client.on('close', () => upstream.destroy());
    client.on('end', () => upstream.end());
    if (!breach.holds) {
      upstream.on('end', () => client.end());
      upstream.on('close', () => client.end());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Forwards bytes; the first head goes through `change`. */
function pass(from: Socket, to: Socket, change: (head: string) => string): void {
  let waiting: Buffer | null = Buffer.alloc(0);
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    if (waiting?.length) to.write(waiting);
    waiting = null;
  };
  from.on('data', (chunk: Buffer) => {
    if (!waiting) return void to.write(chunk);
    waiting = Buffer.concat([waiting, chunk]);
    timer ??= setTimeout(flush, HEAD_MS);
    const end = waiting.indexOf(HEAD_END);
    if (end < 0) return;
    const head = waiting.subarray(0, end).toString('latin1');
    const rest = waiting.subarray(end);
    waiting = Buffer.concat([Buffer.from(change(head), 'latin1'), rest]);
    flush();
  });
  from.on('end', flush);
  from.on('close', flush);
}
