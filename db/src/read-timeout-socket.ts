import { connect, type Socket } from 'node:net';

/** What postgres.js passes to a custom socket function; its types leave it out. */
export type SocketOptions = { host: string[]; port: number[]; path?: string | false; ssl?: unknown };

export type Sockets = {
  /** Connects to the next of the given hosts: postgres.js opens another one when a host does not serve. */
  open(options: SocketOptions): Socket;
  /** Closes all connections at once. What runs on them fails. Resolves when all are closed. */
  closeAll(): Promise<void>;
};

/**
 * Creates connections that are closed when Postgres does not answer for `readTimeoutMs`: its host is gone, or something
 * in between lost the connection. TCP alone notices that after minutes, if at all, and until then the pool has one
 * connection less. Idle connections are kept. Under TLS the answers cannot be observed, so there TCP keep-alive must
 * detect it.
 */
export function readTimeoutSockets(readTimeoutMs: number): Sockets {
  let attempt = 0;
  const open = new Set<Socket>();
  const openOne = ({ host, port, path, ssl }: SocketOptions) => {
    const at = attempt % port.length;
    attempt += 1;
    // Both lists have an entry for each server.
    const socket = path ? connect(path) : connect(port[at] as number, host[at] as string);
    // TLS checks the certificate for this name.
    Object.assign(socket, { host: host[at], port: port[at], ssl });
    if (!ssl) watch(socket, readTimeoutMs);
    // Not by their 'close' event: postgres.js removes all listeners when it starts TLS.
    for (const one of open) if (one.destroyed) open.delete(one);
    open.add(socket);
    return socket;
  };
  const closeAll = async () => {
    await Promise.all(
      [...open].map((socket) => {
        if (socket.destroyed) return undefined;
        const closed = new Promise((resolve) => socket.once('close', resolve));
        socket.destroy();
        return closed;
      }),
    );
  };
  return { open: openOne, closeAll };
}

function watch(socket: Socket, readTimeoutMs: number): void {
  /** The bytes sent when Postgres last reported that it was ready. */
  let bytesWhenReady = -1;
  socket.on('data', (chunk: Buffer) => {
    if (isReadyForQuery(chunk.subarray(-6))) bytesWhenReady = socket.bytesWritten;
  });
  socket.setTimeout(readTimeoutMs, () => {
    if (socket.bytesWritten !== bytesWhenReady) socket.destroy(new ReadTimeoutError(readTimeoutMs));
  });
}

class ReadTimeoutError extends Error {
  readonly code = 'ETIMEDOUT';

  constructor(timeoutMs: number) {
    super(`Postgres did not answer for ${timeoutMs} ms`);
  }
}

/** ReadyForQuery ("Z"), which ends every answer of Postgres: length 5 and the state of the transaction. */
const isReadyForQuery = (end: Buffer) => end.length === 6 && end[0] === 0x5a && end.readInt32BE(1) === 5;
