import { connect, type Socket } from 'node:net';

/** What postgres.js hands to the maker of a socket; its types leave it out. */
export type SocketOptions = { host: string[]; port: number[]; path?: string | false; ssl?: unknown };

/**
 * Makes connections that are cut when Postgres was asked something and says nothing for `mostSilenceMs`: its machine is gone, or
 * something in between lost the connection, and nobody will ever end it. TCP alone notices after minutes, if at all, and until then
 * each such connection is one less in its pool. One at rest is left alone. Under TLS nothing is seen of what is said: there
 * keep-alive has to notice.
 */
export function impatientSockets(mostSilenceMs: number): (options: SocketOptions) => Socket {
  let attempt = 0;
  return ({ host, port, path, ssl }) => {
    const at = attempt % port.length;
    attempt += 1;
    const socket = path ? connect(path) : connect(port[at] as number, host[at] as string);
    // TLS asks for the certificate of this name.
    Object.assign(socket, { host: host[at], port: port[at], ssl });
    if (!ssl) watch(socket, mostSilenceMs);
    return socket;
  };
}

function watch(socket: Socket, mostSilenceMs: number): void {
  /** How much had been asked when Postgres last said that it was done. */
  let askedAtRest = -1;
  socket.on('data', (chunk: Buffer) => {
    if (isReadyForQuery(chunk.subarray(-6))) askedAtRest = socket.bytesWritten;
  });
  socket.setTimeout(mostSilenceMs, () => {
    if (socket.bytesWritten !== askedAtRest) socket.destroy(new SilentServer(mostSilenceMs));
  });
}

class SilentServer extends Error {
  readonly code = 'ETIMEDOUT';

  constructor(silentMs: number) {
    super(`Postgres was asked and said nothing for ${silentMs} ms`);
  }
}

/** The message Z, with which every answer of Postgres ends: length 5 and the state of the transaction. */
const isReadyForQuery = (end: Buffer) => end.length === 6 && end[0] === 0x5a && end.readInt32BE(1) === 5;
