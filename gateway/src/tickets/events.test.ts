import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { listen } from '@shopfast/kit/http';
import { createLifecycle, type Lifecycle } from '@shopfast/kit/lifecycle';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { readEvents } from '../testing/event-stream.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { createEventHub } from './event-hub.ts';
import type { Ticket } from './ticket.ts';

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

type StreamEvent = { state?: string; code?: string };
const listenTo = (room: string, ticket: string) =>
  readEvents<StreamEvent>(`${url}/v1/rooms/${room}/events`, ticket);

const join = async (room: string) =>
  (await it.send('POST', `/v1/rooms/${room}/tickets`)).body.ticket as string;

test('a stream sends the place first, and the turn at once, though the next poll would be seconds away', async () => {
  const room = await it.openRoom({ max_active: 1, admissions_per_minute: 60_000, poll_min_ms: 20_000 });
  const first = await join(room);
  const stream = await listenTo(room, await join(room));
  expect(stream.answer.headers.get('content-type')).toContain('text/event-stream');
  await vi.waitFor(() => expect(stream.documents[0]?.state).toBe('waiting'), { timeout: 5_000 });
  await it.send('DELETE', `/v1/rooms/${room}/tickets/me`, { bearer: first });
  await vi.waitFor(() => expect(stream.documents.at(-1)?.state).toBe('called'), { timeout: 5_000 });
  await stream.stop();
});

test('a stream of the priority line gets its turn at once too, and each line has its own numbers', async () => {
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

/** A response that nobody reads: everything written stays in the buffer. */
function unreadResponse() {
  const outgoing = new Writable({ write: () => {} }) as unknown as ServerResponse & Writable;
  outgoing.writeHead = () => outgoing;
  return outgoing;
}

const ticketOf = (secret: string) => it.gateway.tickets.verify(secret) as Ticket;

test('a reader that does not read is disconnected before it occupies more than about 16 kB', async () => {
  const room = await it.openRoom({ max_active: 1, poll_min_ms: 200, poll_max_ms: 1_000 });
  await join(room);
  const hub = createEventHub(it.gateway, lifecycle);
  const outgoing = unreadResponse();
  hub.open(room, ticketOf(await join(room)), outgoing, 'request-1');
  let most = 0;
  for (let news = 0; !outgoing.destroyed && news < 60; news += 1) {
    const before = outgoing.writableLength;
    await it.admin('PATCH', `/rooms/${room}`, { message: `${news} ${'x'.repeat(900)}` });
    await vi.waitFor(() => expect(outgoing.destroyed || outgoing.writableLength > before + 900).toBe(true), {
      timeout: 5_000,
    });
    most = Math.max(most, outgoing.writableLength);
  }
  expect(outgoing.destroyed).toBe(true);
  expect(most).toBeLessThan(16_384 + 2_000);
  expect(hub.size).toBe(0);
});

test('a stream without news gets a comment at least every 25 s', async () => {
  const room = await it.openRoom({ max_active: 1, poll_min_ms: 60_000, poll_max_ms: 100_000 });
  await join(room);
  let passed = 0;
  const clock = { now: () => it.gateway.clock.now() + passed };
  const hub = createEventHub({ ...it.gateway, clock }, lifecycle);
  const outgoing = unreadResponse();
  hub.open(room, ticketOf(await join(room)), outgoing, 'request-1');
  await vi.waitFor(() => expect(outgoing.writableLength).toBeGreaterThan(0), { timeout: 5_000 });
  const before = outgoing.writableLength;
  passed = 25_500;
  // An event, if the estimate has changed meanwhile; else a comment.
  await vi.waitFor(() => expect(outgoing.writableLength).toBeGreaterThan(before), { timeout: 5_000 });
  outgoing.destroy();
});

test('a ticket has at most three streams: all get the turn, and a fourth ends the oldest', async () => {
  const room = await it.openRoom({ max_active: 1, admissions_per_minute: 60_000, poll_min_ms: 20_000 });
  const first = await join(room);
  const ticket = await join(room);
  const streams: Awaited<ReturnType<typeof listenTo>>[] = [];
  for (let tab = 0; tab < 4; tab += 1) {
    const stream = await listenTo(room, ticket);
    await vi.waitFor(() => expect(stream.documents[0]?.state).toBe('waiting'), { timeout: 5_000 });
    streams.push(stream);
  }
  await vi.waitFor(() => expect(streams[0]?.hasEnded()).toBe(true), { timeout: 5_000 });
  await it.send('DELETE', `/v1/rooms/${room}/tickets/me`, { bearer: first });
  for (const stream of streams.slice(1))
    await vi.waitFor(() => expect(stream.documents.at(-1)?.state).toBe('called'), { timeout: 5_000 });
  expect(streams.map((stream) => stream.hasEnded())).toEqual([true, false, false, false]);
  for (const stream of streams) await stream.stop();
});

test('a process limits its streams, and refuses further ones with Retry-After', async () => {
  const room = await it.openRoom({ max_active: 1 });
  const tickets = [await join(room), await join(room), await join(room)] as const;
  const config = { ...it.gateway.config, maxEventStreams: 2 };
  const hub = createEventHub({ ...it.gateway, config }, lifecycle);
  const one = unreadResponse();
  hub.open(room, ticketOf(tickets[0]), one, 'request-1');
  hub.open(room, ticketOf(tickets[1]), unreadResponse(), 'request-2');
  const beyond = () => hub.open(room, ticketOf(tickets[2]), unreadResponse(), 'request-3');
  expect(beyond).toThrow(
    expect.objectContaining({ code: 'overloaded', retryAfterSeconds: expect.any(Number) }),
  );
  expect(hub.size).toBe(2);
  one.destroy();
  await vi.waitFor(() => expect(hub.size).toBe(1), { timeout: 15_000 });
  beyond();
  expect(hub.size).toBe(2);
});
