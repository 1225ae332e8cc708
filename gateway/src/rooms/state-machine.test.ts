import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';

let it: TestGateway;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
});
afterAll(() => it.close());

const STATES = ['scheduled', 'lobby', 'open', 'paused', 'draining', 'sold_out', 'closed'] as const;
const STEPS = ['open', 'pause', 'resume', 'drain', 'close', 'reset'] as const;
type State = (typeof STATES)[number];
type Step = (typeof STEPS)[number];

/** What each state allows, and where it leads. Everything else is refused. */
const ALLOWED: Record<State, Partial<Record<Step, string>>> = {
  scheduled: { open: 'open', close: 'closed', reset: 'scheduled' },
  lobby: { open: 'open', close: 'closed', reset: 'lobby' },
  open: { pause: 'paused', drain: 'draining', close: 'closed', reset: 'scheduled' },
  paused: { resume: 'open', drain: 'draining', close: 'closed', reset: 'scheduled' },
  draining: { resume: 'open', close: 'closed', reset: 'scheduled' },
  sold_out: { pause: 'paused', drain: 'draining', close: 'closed', reset: 'scheduled' },
  closed: { reset: 'scheduled' },
};

const read = async (room: string) => {
  const { body } = await it.admin('GET', `/rooms/${room}`);
  return body.draining ? 'draining' : body.state;
};
const join = (room: string) => it.send('POST', `/v1/rooms/${room}/tickets`);

/** A room in this state. A draining one keeps a waiter, or it would close by itself. */
async function roomIn(state: State): Promise<string> {
  const lobbyOpen = state === 'lobby' ? { lobby_opens_at: '2020-01-01T00:00:00Z' } : {};
  const room = `s-${state.replace('_', '-')}-${Math.random().toString(36).slice(2, 10)}`;
  await it.admin('POST', '/rooms', { id: room, ...lobbyOpen });
  const step = (name: string) => it.admin('POST', `/rooms/${room}/${name}`);
  if (state === 'closed') await step('close');
  if (['open', 'paused', 'draining', 'sold_out'].includes(state)) await step('open');
  if (state === 'paused') await step('pause');
  if (state === 'draining') {
    await join(room);
    await step('drain');
  }
  if (state === 'sold_out')
    await it.admin('PUT', `/rooms/${room}/remaining`, { remaining: 0, held: 0, sold: 5 });
  await vi.waitFor(async () => expect(await read(room)).toBe(state), { timeout: 5_000 });
  return room;
}

describe.each(STATES)('a room that is %s', (state) => {
  test.each(STEPS)('answers the transition "%s" as the state machine says', async (step) => {
    const room = await roomIn(state);
    const answer = await it.admin('POST', `/rooms/${room}/${step}`);
    const next = ALLOWED[state][step];
    if (next === undefined) {
      expect(answer.status).toBe(409);
      expect(answer.body.code).toBe('state_conflict');
      expect(await read(room)).toBe(state);
    } else {
      expect(answer.status).toBe(200);
      // A reset room whose lobby time has come opens its lobby again by its schedule.
      await vi.waitFor(async () => expect(['scheduled', next]).toContain(await read(room)), {
        timeout: 15_000,
      });
    }
  });
});

test('an unknown transition is refused by name', async () => {
  const room = await roomIn('open');
  const answer = await it.admin('POST', `/rooms/${room}/explode`);
  expect(answer.status).toBe(422);
  expect(answer.body.errors[0].field).toBe('step');
});

describe('a draining room', () => {
  test('accepts nobody new, calls waiting tickets, and closes by itself when the last one is done', async () => {
    const room = await it.openRoom({ admissions_per_minute: 60_000, max_active: 1 });
    const first = (await join(room)).body.ticket as string;
    const second = (await join(room)).body.ticket as string;
    expect((await it.admin('POST', `/rooms/${room}/drain`)).body).toMatchObject({
      state: 'open',
      draining: true,
    });
    const late = await join(room);
    expect(late.status).toBe(409);
    expect(late.body.code).toBe('room_closed');

    const me = (ticket: string) => it.send('GET', `/v1/rooms/${room}/tickets/me`, { bearer: ticket });
    const leave = (ticket: string) => it.send('DELETE', `/v1/rooms/${room}/tickets/me`, { bearer: ticket });
    await vi.waitFor(async () => expect((await me(first)).body.state).toBe('called'), { timeout: 5_000 });
    await leave(first);
    await vi.waitFor(async () => expect((await me(second)).body.state).toBe('called'), { timeout: 5_000 });
    expect(await read(room)).toBe('draining');
    await leave(second);
    await vi.waitFor(async () => expect(await read(room)).toBe('closed'), { timeout: 5_000 });
    const { body } = await it.admin('GET', '/audit');
    const closing = body.entries.find((entry: { target: string }) => entry.target === room);
    expect(closing).toMatchObject({ action: 'room.close', actor: 'schedule' });
  });

  test('keeps the place of a shopper who joins again with a ticket, and is open again after "resume"', async () => {
    const room = await it.openRoom({ admissions_per_minute: 1, max_active: 1 });
    await join(room);
    const { ticket, number } = (await join(room)).body;
    await it.admin('POST', `/rooms/${room}/drain`);
    const again = await it.send('POST', `/v1/rooms/${room}/tickets`, { bearer: ticket });
    expect([again.status, again.body.number]).toEqual([200, number]);
    await it.admin('POST', `/rooms/${room}/resume`);
    expect((await join(room)).status).toBe(201);
  });
});

describe('a schedule', () => {
  const create = (id: string, times: object) => it.admin('POST', '/rooms', { id, ...times });

  test('has instants: offsets are converted, and daylight saving time follows the offset', async () => {
    const { body } = await create('zones', {
      lobby_opens_at: '2030-03-31T01:30:00+01:00',
      opens_at: '2030-03-31T03:30:00+02:00',
      closes_at: '2030-03-30T20:30:00.5-07:00',
    });
    expect(body).toMatchObject({
      lobby_opens_at: '2030-03-31T00:30:00.000Z',
      opens_at: '2030-03-31T01:30:00.000Z',
      closes_at: '2030-03-31T03:30:00.500Z',
    });
  });

  test('is compared across offsets, not as text', async () => {
    const later = { lobby_opens_at: '2030-01-01T10:00:00+02:00', opens_at: '2030-01-01T08:30:00Z' };
    expect((await create('across', later)).status).toBe(201);
    const earlier = { lobby_opens_at: '2030-01-01T08:00:00Z', opens_at: '2030-01-01T09:30:00+02:00' };
    const refused = await create('across-2', earlier);
    expect(refused.status).toBe(422);
    expect(refused.body.errors[0].field).toBe('opens_at');
  });

  test.each([
    ['without an offset', '2030-01-01T10:00:00'],
    ['a date without a time', '2030-01-01'],
    ['a day that does not exist', '2030-02-30T10:00:00Z'],
    ['an hour that does not exist', '2030-01-01T25:00:00Z'],
    ['an offset that does not exist', '2030-01-01T10:00:00+25:00'],
    ['a number', 1_900_000_000],
  ])('refuses a time %s', async (_, opens_at) => {
    const answer = await create('wrong-time', { opens_at });
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0].field).toBe('opens_at');
  });

  test('opens a room at the instant, given in any time zone', async () => {
    const inZone = new Date(Date.now() + 5.5 * 3_600_000 + 300).toISOString().replace('Z', '+05:30');
    await create('in-zone', { opens_at: inZone });
    expect(await read('in-zone')).toBe('scheduled');
    await vi.waitFor(async () => expect(await read('in-zone')).toBe('open'), { timeout: 5_000 });
  });
});
