import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { listen } from '@shopfast/kit/http';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createApp } from '../app.ts';
import { createHotPathHandlers, createHttpBypass } from '../hot-path.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';

const lifecycle = createLifecycle();
const sockets: Socket[] = [];
let it: TestGateway;
let room: string;
let port: number;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
  room = await it.openRoom();
  const hotPath = createHotPathHandlers(it.gateway, lifecycle);
  const app = createApp(it.gateway, { lifecycle, hotPath });
  const served = { fetch: app.fetch as never, port: 0, host: '127.0.0.1', lifecycle };
  ({ port } = await listen({ ...served, httpBypass: createHttpBypass(hotPath) }));
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await lifecycle.close();
  await it.close();
});

/** A join with an incomplete body. */
async function slowJoin(path: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => {}).resume();
  await once(socket, 'connect');
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n{`,
  );
}

// The second address avoids the bypass and goes through the framework.
test.each(['', '?by=the-framework'])(
  'a join whose body is not complete does not count as load: 4,050 slow joins keep no newcomer out (%s)',
  { timeout: 120_000 },
  async (query) => {
    const path = `/v1/rooms/${room}/tickets`;
    for (let count = 0; count < 4_050; count += 50)
      await Promise.all(Array.from({ length: 50 }, () => slowJoin(path + query)));
    for (const body of [undefined, '{}']) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        ...(body ? { body } : {}),
      });
      expect(answer.status).toBe(201);
    }
    for (const socket of sockets.splice(0)) socket.destroy();
  },
);
