import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** One address before several servers, as managed stores have it: a failover moves it, and closes nothing. */
export type MovingAddress = {
  port: number;
  /** New connections lead to another port of this machine. Open ones stay where they are. */
  moveTo(port: number): void;
  close(): Promise<void>;
};

/** @param to the port that connections lead to at first */
export async function openMovingAddress(to: number): Promise<MovingAddress> {
  let target = to;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const behind = connect(target, '127.0.0.1');
    for (const [from, onward] of [
      [client, behind],
      [behind, client],
    ] as const) {
      sockets.add(from);
      from.pipe(onward);
      from.on('error', () => onward.destroy());
      from.once('close', () => {
        sockets.delete(from);
        onward.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    moveTo: (port) => {
      target = port;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
