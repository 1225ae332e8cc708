import { type IncomingMessage, ServerResponse } from 'node:http';

/** How long the rest of an unwanted body is still read, so that the client can read the answer. */
const LINGER_MS = 2_000;

/**
 * An answer before the end of the body says `Connection: close`. Otherwise a proxy might reuse the connection, and its
 * next request would follow the rest of this body. Closing does not truncate the answer (RFC 9112, 9.6).
 */
export function closeAfterEarlyAnswer(outgoing: ServerResponse): void {
  outgoing.writeHead = writeHead;
}

// The cast: `writeHead` is overloaded, and passes its arguments on as they are.
const writeHead = function (this: ServerResponse, ...head: Parameters<ServerResponse['writeHead']>) {
  if (!this.req.complete) {
    this.shouldKeepAlive = false;
    readRest(this.req);
  }
  return ServerResponse.prototype.writeHead.apply(this, head);
} as ServerResponse['writeHead'];

function readRest(incoming: IncomingMessage): void {
  const { socket } = incoming;
  let isClosing = false;
  // Node calls this after the last answer of a connection is written.
  socket.destroySoon = () => {
    if (isClosing) return;
    isClosing = true;
    socket.end();
    const cut = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(cut));
    if (incoming.complete) return void socket.once('finish', () => socket.destroy());
    incoming.once('end', () => socket.destroy());
    incoming.resume();
  };
}
