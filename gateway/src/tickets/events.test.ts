import { listen } from '@shopfast/kit/http';
import { createLifecycle, type Lifecycle } from '@shopfast/kit/lifecycle';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { readEvents } from '../testing/event-stream.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';

let it: TestGateway;
let lifecycle: Lifecycle;
let url: string;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
  lifecycle = createLifecycle();
  const { port } = await listen({ fetch: it.app.fetch as never, port: 0, host: '127.0.0.1', lifecycle });
  url = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await it.close();
  await lifecycle.close();
});

type Told = { state?: string; code?: string };
const listenTo = (room: string, ticket: string) => readEvents<Told>(`${url}/v1/rooms/${room}/events`, ticket);

const join = async (room: string) =>
  (await it.send('POST', `/v1/rooms/${room}/tickets`)).body.ticket as string;

test('a stream tells the place first, and the turn at once though the next question would be seconds away', async () => {
  const room = await it.openRoom({ max_active: 1, admissions_per_minute: 60_000, poll_min_ms: 20_000 });
  const first = await join(room);
  const stream = await listenTo(room, await join(room));
  expect(stream.answer.headers.get('content-type')).toContain('text/event-stream');
  await vi.waitFor(() => expect(stream.documents[0]?.state).toBe('waiting'), { timeout: 5_000 });
  await it.send('DELETE', `/v1/rooms/${room}/tickets/me`, { bearer: first });
  await vi.waitFor(() => expect(stream.documents.at(-1)?.state).toBe('called'), { timeout: 5_000 });
  await stream.stop();
});

test('a stream of the priority line is told its turn at once too, and each line by its own numbers', async () => {
  const room = await it.openRoom({ max_active: 1, admissions_per_minute: 60_000, poll_min_ms: 20_000 });
  const first = await join(room);
  await vi.waitFor(() => expect(it.gateway.rooms.get(room).snapshot?.active).toBe(1), { timeout: 5_000 });
  const ordinary = await listenTo(room, await join(room));
  const { codes } = (await it.admin('POST', `/rooms/${room}/codes`, { kind: 'priority', uses: 2 })).body;
  const byCode = async () =>
    (await it.send('POST', `/v1/rooms/${room}/tickets`, { body: { code: codes[0] } })).body.ticket as string;
  const tickets = [await byCode(), await byCode()] as const;
  const streams = [await listenTo(room, tickets[0]), await listenTo(room, tickets[1])];
  for (const stream of [ordinary, ...streams])
    await vi.waitFor(() => expect(stream.documents[0]?.state).toBe('waiting'), { timeout: 5_000 });
  await it.send('DELETE', `/v1/rooms/${room}/tickets/me`, { bearer: first });
  await vi.waitFor(() => expect(streams[0]?.documents.at(-1)?.state).toBe('called'), { timeout: 5_000 });
  expect(streams[1]?.documents.at(-1)?.state).toBe('waiting');
  expect(ordinary.documents).toHaveLength(1);
  await it.send('DELETE', `/v1/rooms/${room}/tickets/me`, { bearer: tickets[0] });
  await vi.waitFor(() => expect(ordinary.documents.at(-1)?.state).toBe('called'), { timeout: 5_000 });
  expect(streams[1]?.documents.at(-1)?.state).toBe('waiting');
  for (const stream of [ordinary, ...streams]) await stream.stop();
});

test('a stream ends with the reason when its ticket has ended', async () => {
  const room = await it.openRoom({ admissions_per_minute: 1, poll_min_ms: 200, poll_max_ms: 1_000 });
  await join(room);
  const ticket = await join(room);
  const stream = await listenTo(room, ticket);
  await vi.waitFor(() => expect(stream.documents).toHaveLength(1), { timeout: 5_000 });
  await it.send('DELETE', `/v1/rooms/${room}/tickets/me`, { bearer: ticket });
  await vi.waitFor(() => expect(stream.documents.at(-1)?.code).toBe('ticket_expired'), { timeout: 15_000 });
  await stream.stop();
});

test('a stream needs a ticket', async () => {
  const room = await it.openRoom();
  const answer = await fetch(`${url}/v1/rooms/${room}/events`);
  expect(answer.status).toBe(401);
});
