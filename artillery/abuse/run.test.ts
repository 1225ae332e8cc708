import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createRawServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Case } from './case.ts';
import { FAMILIES } from './families.ts';
import { runCases } from './run.ts';
import { World } from './world.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function worldAt(server: Server): Promise<World> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => server.close());
  const origin = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const world = new World(
    { origin, shop: origin.origin, adminKey: 'adm_test' },
    new AbortController().signal,
  );
  await world.once('quick shop', async () => ({ room: 'launch', product: 'print' }));
  return world;
}

/** Gives every request the same answer: a gateway that refuses all, or none. */
const answering = (status: number) =>
  createServer((request, response) => {
    const named = JSON.stringify({ code: 'invalid_request', errors: [{ field: '(body)' }] });
    request.resume().on('end', () => response.writeHead(status).end(named));
  });

const writing = (bytes: string) =>
  createRawServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.end(bytes));
  });
const BAD_REQUEST = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n';

/** Both attacks are over before either is judged. */
function inStep(one: Case, worlds: number): Case {
  const { promise, resolve } = Promise.withResolvers<void>();
  let attacked = 0;
  return {
    ...one,
    attack: async (world) => {
      const answers = await one.attack(world);
      attacked += 1;
      if (attacked === worlds) resolve();
      await promise;
      return answers;
    },
  };
}

test.each([
  ['text/post-rooms-room-tickets-code', answering(422), answering(201)],
  ['text/get-rooms-room-status-path-room', answering(404), answering(200)],
  ['text/get-admin-audit-query-limit', answering(422), answering(200)],
  ['framing/cl-cl', writing(BAD_REQUEST), writing(BAD_REQUEST + BAD_REQUEST)],
])('%s at two systems at once is judged by what each of them answers', async (id, refusing, taking) => {
  const found = FAMILIES.flatMap(({ cases }) => cases).find((one) => one.id === id) as Case;
  const both = [await worldAt(refusing), await worldAt(taking)];
  const one = inStep(found, both.length);
  const runs = await Promise.all(both.map((world) => runCases([one], world, { atOnce: 1, mostMs: 60_000 })));
  const outcomes = runs.map(([judged]) => judged?.verdict.outcome);
  expect(outcomes).toEqual(['refused', 'got_through']);
});

test('what prepares a case goes to the system itself, not through what is in front of it', async () => {
  const system = await worldAt(answering(200));
  const front = await worldAt(answering(403));
  const through = new World(front.target, front.signal, system);
  expect((await through.send({ path: '/' })).status).toBe(403);
  expect((await through.prepare({ path: '/' })).status).toBe(200);
});

test('no two worlds of a system give out the same number', async () => {
  const system = await worldAt(answering(200));
  const through = [1, 2].map(() => new World(system.target, system.signal, system));
  const numbers = [system, ...through].flatMap((world) => [world.next(), world.next()]);
  expect(new Set(numbers).size).toBe(numbers.length);
});
