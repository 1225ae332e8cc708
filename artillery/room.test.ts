import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RoomStatus } from '@shopfast/kit/contracts/api';
import { afterEach, expect, test } from 'vitest';
import { lastingSeconds, readRoom, requireJoinable, requireLobby } from './room.ts';

const status: RoomStatus = {
  state: 'open',
  serving: 0,
  waiting: 0,
  active: 0,
  admissions_per_minute: 60,
  remaining: 50,
  opens_at: null,
  lottery: null,
  updated_at: '2026-01-01T00:00:00.000Z',
};

let server: Server | undefined;
afterEach(async () => {
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = undefined;
});

async function gatewayThatSays(code: number, body: unknown): Promise<string> {
  server = createServer((request, response) => {
    response.writeHead(request.url === '/v1/rooms/launch/status' ? code : 500).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("a room's status is read from the target", async () => {
  expect(await readRoom(await gatewayThatSays(200, status), 'launch')).toEqual(status);
});

test('when nothing answers, the command that starts the system is named', async () => {
  const target = await gatewayThatSays(200, status);
  await new Promise((resolve) => server?.close(resolve));
  server = undefined;
  await expect(readRoom(target, 'launch')).rejects.toThrow(/Nothing answers at .*ECONNREFUSED.*npm start/);
});

test('a missing room is distinguished from a missing system', async () => {
  const target = await gatewayThatSays(404, { code: 'room_unknown' });
  await expect(readRoom(target, 'launch')).rejects.toThrow(/There is no room "launch"/);
});

test('another server at the address is not taken for a gateway', async () => {
  const target = await gatewayThatSays(200, { hello: 'world' });
  await expect(readRoom(target, 'launch')).rejects.toThrow(/does not answer like a gateway/);
});

test('a closed room is refused before shoppers are sent', () => {
  expect(() => requireJoinable('launch', { ...status, state: 'closed' })).toThrow(/"launch" is closed/);
  expect(() => requireJoinable('launch', status)).not.toThrow();
});

test('a lobby that is over is refused with an explanation', () => {
  expect(() => requireLobby('launch', status)).toThrow(/"launch" is open.*--admin-key/);
  expect(() => requireLobby('launch', { ...status, state: 'lobby' })).not.toThrow();
});

test('a run lasts until the last unit can be sold, but no longer than the crowd needs', () => {
  const crowd = { shoppers: 500, seconds: 10 };
  const soldOut = lastingSeconds(crowd, status);
  expect(soldOut).toBeGreaterThan(10 + 50);
  expect(soldOut).toBeLessThan(600);
  expect(lastingSeconds(crowd, { ...status, remaining: null })).toBeGreaterThan(10 + 500);
  expect(lastingSeconds({ shoppers: 5, seconds: 1 }, status)).toBeLessThan(soldOut);
});
