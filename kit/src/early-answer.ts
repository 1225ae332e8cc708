import { type IncomingMessage, ServerResponse } from 'node:http';

/** How long the rest of an unwanted body is still read, so that its sender gets to read the answer. */
const LINGER_MS = 2_000;

/**
 * An answer that is made before the body has come whole says `Connection: close`: no proxy uses the connection again, where
 * the next request would stand behind the rest of the body. Closing does not cut the answer off (RFC 9112, 9.6).
 */
export function closeAfterEarlyAnswer(outgoing: ServerResponse): void {
  outgoing.writeHead = writeHead;
}

const writeHead = function (this: ServerResponse, ...head: Parameters<ServerResponse['writeHead']>) {
  if (!this.req.complete) {
    this.shouldKeepAlive = false;
    linger(this.req);
  }
  return ServerResponse.prototype.writeHead.apply(this, head);
} as ServerResponse['writeHead'];

function linger(incoming: IncomingMessage): void {
  const { socket } = incoming;
  let isClosing = false;
  // Node calls this once the last answer of a connection is written.
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
