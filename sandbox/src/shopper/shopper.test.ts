import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { JoinAnswer, TicketStatus } from '@shopfast/kit/contracts/api';
import { portOf } from '@shopfast/kit/port-of';
import { expect, onTestFinished, test } from 'vitest';
import { NO_ANSWER, type Received } from './answers.ts';
import { calls, oneOf, type ShopperRequest } from './calls.ts';
import { joinMany } from './many.ts';
import { insist } from './pause.ts';
import { createShopper } from './shopper.ts';
import { ask, overFetch, patient } from './transport.ts';

const STATUS: TicketStatus = {
  ...{ state: 'waiting', room_state: 'open', number: 7, ahead: 6, eta_seconds: null, poll_after_ms: 1 },
};
const PLACE: JoinAnswer = {
  ...STATUS,
  ticket: 'tkt_1',
  room: { id: 'drop', name: 'Drop', state: 'open', opens_at: null, admissions_per_minute: 60 },
};
const { signal } = new AbortController();

const reply = (status: number, document: object, retryAfterMs = 0): Received => ({
  ...{ status, retryAfterMs, text: JSON.stringify(document) },
});

/** A transport that gives prepared answers in turn, the last one again and again. */
function answering(...answers: Received[]) {
  const requests: ShopperRequest[] = [];
  const send = async (request: ShopperRequest) => {
    requests.push(request);
    return answers[Math.min(requests.length, answers.length) - 1] ?? NO_ANSWER;
  };
  return { send, requests, shopper: createShopper({ room: 'drop', send }) };
}

test('a shopper polls through a restart and an overload, until it is called', async () => {
  const called = { ...STATUS, state: 'called', claim_by: '2026-01-01T00:00:30Z' };
  const { shopper, requests } = answering(
    reply(200, STATUS),
    reply(503, { code: 'overloaded' }, 1),
    reply(200, called),
  );
  const turn = await shopper.waitForTurn('tkt_1', 1, signal);
  expect(turn).toEqual({ outcome: 'called', number: 7, claimBy: Date.parse('2026-01-01T00:00:30Z') });
  expect(requests).toHaveLength(3);
});

test('a shopper stops waiting when the room is sold out, or the ticket has ended', async () => {
  const soldOut = answering(reply(200, { ...STATUS, room_state: 'sold_out' }));
  expect(await soldOut.shopper.waitForTurn('tkt_1', 1, signal)).toEqual({ outcome: 'sold_out' });
  const ended = answering(reply(410, { code: 'ticket_expired' }));
  const turn = await ended.shopper.waitForTurn('tkt_1', 1, signal);
  expect(turn).toEqual({ outcome: 'ended', why: '410 ticket_expired' });
});

test('an aborted wait sends nothing more', async () => {
  const { shopper, requests } = answering(reply(200, STATUS));
  const turn = await shopper.waitForTurn('tkt_1', 60_000, AbortSignal.abort());
  expect(turn).toEqual({ outcome: 'stopped' });
  expect(requests).toEqual([]);
});

test('a success with another document than the API documents is a failure', async () => {
  const { shopper } = answering(reply(201, { ...PLACE, poll_after_ms: 'soon' }), reply(201, PLACE));
  expect(await shopper.join()).toMatchObject({ ok: false, status: 201, code: 'not_as_documented' });
  expect(await shopper.join()).toMatchObject({ ok: true, document: { ticket: 'tkt_1' } });
});

test('a ticket and a reservation are sent in headers, and nothing without them', () => {
  expect(calls.claim('drop', 'tkt_1').headers).toEqual({ authorization: 'Bearer tkt_1' });
  expect(calls.claim('drop', null).headers).toEqual({});
  const order = calls.order({ token: 't', binding: 'bnd_1' }, oneOf('boot', 'ann@example.com'), 'k');
  expect(order.headers).toEqual({ authorization: 'Bearer t', 'x-binding': 'bnd_1', 'idempotency-key': 'k' });
  expect(calls.order({}, oneOf('boot', 'ann@example.com'), 'k').headers).toEqual({ 'idempotency-key': 'k' });
});

test('many join at once, and a refusal is not overlooked', async () => {
  expect(await joinMany(answering(reply(201, PLACE)).shopper, 120)).toHaveLength(120);
  const closed = answering(reply(201, PLACE), reply(409, { code: 'room_closed' })).shopper;
  await expect(joinMany(closed, 120)).rejects.toThrow('409 room_closed');
});

test('a step is repeated until it succeeds, or the time is over', async () => {
  const { shopper, requests } = answering(NO_ANSWER, reply(409, { code: 'not_called' }), reply(201, PLACE));
  const place = await insist(() => shopper.join(), { signal, everyMs: () => 1 });
  expect(place?.ticket).toBe('tkt_1');
  expect(requests).toHaveLength(3);
  expect(await insist(() => shopper.join(), { signal: AbortSignal.abort(), everyMs: () => 1 })).toBeNull();
});

test('a 503 with Retry-After is repeated, ten times at most; any other answer is not', async () => {
  const busy = reply(503, {}, 1);
  const call = calls.roomStatus('drop');
  let waited = 0;
  const recovering = answering(busy, busy, reply(200, {}));
  const received = await patient(recovering.send, () => {
    waited += 1;
  })(call);
  expect([received.status, waited]).toEqual([200, 2]);
  const overloaded = answering(busy);
  expect((await patient(overloaded.send)(call)).status).toBe(503);
  expect(overloaded.requests).toHaveLength(10);
  const broken = answering(reply(503, {}));
  await patient(broken.send)(call);
  expect(broken.requests).toHaveLength(1);
});

async function serve(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${portOf(server)}`;
}

test('over fetch, a request arrives as it was built', async () => {
  const seen: { request: IncomingMessage; body: string }[] = [];
  const origin = await serve((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk)).on('end', () => seen.push({ request, body }));
    request.on('end', () => response.writeHead(303, { 'Retry-After': '3', location: '/away' }).end('{}'));
  });
  const send = overFetch(origin, { headers: { 'x-forwarded-for': '198.18.0.1' } });
  const received = await send(calls.join('drop', { locale: 'en' }, 'tkt_1'));
  expect(received).toEqual({ status: 303, retryAfterMs: 3_000, text: '{}' });
  const [{ request, body } = { request: undefined, body: '' }] = seen;
  expect([request?.method, request?.url, body]).toEqual([
    ...['POST', '/v1/rooms/drop/tickets', '{"locale":"en"}'],
  ]);
  expect(request?.headers).toMatchObject({
    ...{ authorization: 'Bearer tkt_1', 'content-type': 'application/json', 'x-forwarded-for': '198.18.0.1' },
  });
});

test('over fetch, a broken connection, an incomplete answer and a silent server are no answer', async () => {
  const origin = await serve((request, response) => {
    if (request.url?.includes('/broken/')) request.socket.destroy();
    if (request.url?.includes('/cut/'))
      response.writeHead(200, { 'content-length': '100' }).write('{', () => request.socket.destroy());
  });
  const send = overFetch(origin, { patienceMs: 300 });
  for (const room of ['broken', 'cut', 'silent'])
    expect(await ask(send, calls.roomStatus(room)), room).toMatchObject({ ok: false, status: 0 });
});
