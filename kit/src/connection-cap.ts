import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { refusalOnTheWire } from './wire-limits.ts';

/**
 * Closes connections of one address beyond its cap before reading a byte. It costs one look-up per connection.
 * @param cap.most open connections of one address; 0: no cap
 * @param cap.keyOf the key of a connection; null: not counted
 */
export function capConnections(
  server: Server,
  cap: { most: number; keyOf: (peer: string | undefined) => string | null },
): void {
  if (cap.most === 0) return;
  const open = new Map<string, number>();
  server.prependListener('connection', (socket: Socket) => {
    const key = cap.keyOf(socket.remoteAddress);
    if (key === null) return;
    const count = (open.get(key) ?? 0) + 1;
    if (count > cap.most) {
      // Written straight into the socket's buffer: we do not wait for this client.
      socket.write(refusalOnTheWire('rate_limited'));
      socket.destroy();
      return;
    }
    open.set(key, count);
    socket.once('close', () => {
      const left = (open.get(key) ?? 1) - 1;
      if (left === 0) open.delete(key);
      else open.set(key, left);
    });
  });
}
