import { randomUUID } from 'node:crypto';
import { listen } from '@shopfast/kit/http';
import { createLifecycle, type Lifecycle } from '@shopfast/kit/lifecycle';
import { type DocumentedCall, documentedCalls } from '@shopfast/kit/testing/documented-calls';
import { hostileRequests } from '@shopfast/kit/testing/hostile-requests';
import { createSample, HOSTILE_EVERY as EVERY } from '@shopfast/kit/testing/hostile-sample';
import { type Sender, sendHostile } from '@shopfast/kit/testing/send-hostile';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createHotPathHandlers, createHttpBypass } from './hot-path.ts';
import { openTestGateway, type TestGateway } from './testing/gateway.ts';

const sampled = createSample();

let it: TestGateway;
let lifecycle: Lifecycle;
let url: string;
let calls: DocumentedCall[];
let owner: Sender;
let ticket: Sender;
let room: string;
beforeAll(async () => {
  it = await openTestGateway(
    { databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') },
    { joinBurst: 0, adminCallsPerSecond: 0, maxEventStreams: 100_000 },
  );
  lifecycle = createLifecycle();
  const httpBypass = createHttpBypass(createHotPathHandlers(it.gateway, lifecycle));
  const { port } = await listen({
    fetch: it.app.fetch as never,
    httpBypass,
    port: 0,
    host: '127.0.0.1',
    lifecycle,
  });
  url = `http://127.0.0.1:${port}`;
  calls = documentedCalls(it.ownCalls());
  room = await it.openRoom({ admissions_per_minute: 60_000 });
  const joined = await it.send('POST', `/v1/rooms/${room}/tickets`);
  owner = { name: 'owner', headers: () => ({ authorization: `Bearer ${it.ownerKey}` }) };
  ticket = { name: 'shopper', headers: () => ({ authorization: `Bearer ${joined.body.ticket}` }) };
});
afterAll(async () => {
  await it.close();
  await lifecycle.close();
});

/** Valid values for parameters and fields, so that a call passes its other checks. */
const valueFor = (target: string) => (name: string) =>
  ({ room: target, id: `h-${randomUUID().slice(0, 13)}`, name: 'hostile', email: 'ann@example.com' })[name] ??
  { url: 'https://receiver.example/', checkout_url: '/shop', expires_at: '2099-01-01T00:00:00Z' }[name] ??
  { accent: '#0f6b55', accent_dark: '#7fd1b9', locale: 'en', jti: 'token-1', events: ['room.opened'] }[name];

/** A separate room for calls that end it. */
async function targetFor(call: DocumentedCall): Promise<string> {
  return call.isAdmin && call.path.includes('{room}') ? it.openRoom() : room;
}

test('no hostile value in any part of any documented call is answered with 5xx', { timeout: 0 }, async () => {
  const failures: string[] = [];
  let sent = 0;
  for (const call of calls) {
    const target = await targetFor(call);
    // The path parameter of a webhook or a key has its own kind of id.
    const value = valueFor(target);
    const values = (name: string) =>
      name === 'id' && call.path.includes('{id}') ? randomUUID() : value(name);
    const done = await sendHostile(
      url,
      sampled(hostileRequests(call, values), EVERY),
      call.isAdmin ? owner : ticket,
    );
    expect(done.sent, call.id).toBeGreaterThan(10 / EVERY);
    sent += done.sent;
    failures.push(...done.failures);
  }
  expect(failures).toEqual([]);
  expect(sent).toBeGreaterThan(5_000 / EVERY);
});

/** Other roles pass the same checks in another order. */
const SAMPLE = 7;

test('nor for a client with a lesser key, a ticket or no credential', { timeout: 0 }, async () => {
  const key = async (role: string): Promise<Sender> => {
    const made = await it.admin('POST', '/keys', { name: role, role });
    return { name: role, headers: () => ({ authorization: `Bearer ${made.body.key}` }) };
  };
  const senders = [
    await key('viewer'),
    await key('operator'),
    ticket,
    { name: 'nobody', headers: () => ({}) },
  ];
  const failures: string[] = [];
  for (const sender of senders)
    for (const call of calls) {
      const values = valueFor(await targetFor(call));
      failures.push(
        ...(await sendHostile(url, sampled(hostileRequests(call, values), SAMPLE * EVERY), sender)).failures,
      );
    }
  expect(failures).toEqual([]);
});
