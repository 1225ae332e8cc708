import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { runJoinWithCode } from '../lua/join-with-code.ts';
import { roomKeys } from '../lua/keys.ts';
import { etaSeconds, type Forecast } from '../rooms/forecast.ts';
import { NO_HIGH_WATER_MARKS } from '../rooms/high-water-marks.ts';
import type { Room, Snapshot } from '../rooms/room.ts';
import { dueStep } from '../rooms/schedule.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { createCodeSigner } from './code.ts';
import { saveUses } from './uses.ts';

let it: TestGateway;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
});
afterAll(() => it.close());

const ENDED = 'It was issued for an earlier sale in this room.';
const SLOW = { admissions_per_minute: 1 };
const FAST = { admissions_per_minute: 60_000 };

async function makeCodes(room: string, wanted: object = {}): Promise<string[]> {
  const answer = await it.admin('POST', `/rooms/${room}/codes`, { kind: 'priority', ...wanted });
  expect(answer.status).toBe(201);
  return answer.body.codes;
}
const makeCode = async (room: string, wanted: object = {}) => (await makeCodes(room, wanted))[0] as string;
const join = (room: string, code?: string, bearer?: string) =>
  it.send('POST', `/v1/rooms/${room}/tickets`, {
    ...(code === undefined ? {} : { body: { code } }),
    ...(bearer === undefined ? {} : { bearer }),
  });
const ask = (room: string, bearer: string) => it.send('GET', `/v1/rooms/${room}/tickets/me`, { bearer });
const usesOf = async (room: string) =>
  Object.values(await it.gateway.redis.hgetall(roomKeys(room).codes)).map(Number);
const refusalOf = async (answer: ReturnType<typeof join>) => {
  const { status, body } = await answer;
  return [status, body.code, body.detail];
};

describe('a priority code', () => {
  test('opens the priority line, and its ticket works like any other', async () => {
    const room = await it.openRoom({ ...FAST, max_active: 1 });
    const holder = (await join(room)).body.ticket;
    await vi.waitFor(async () => expect((await ask(room, holder)).body.state).toBe('called'), {
      timeout: 5_000,
    });
    const before = await Promise.all([join(room), join(room)]);
    const { status, body } = await join(room, await makeCode(room));
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'waiting', line: 'priority', number: 1, ahead: 0 });
    expect((await ask(room, body.ticket)).body).toMatchObject({ line: 'priority', number: 1, ahead: 0 });
    expect(before[0].body).not.toHaveProperty('line');

    await it.send('DELETE', `/v1/rooms/${room}/tickets/me`, { bearer: holder });
    await vi.waitFor(async () => expect((await ask(room, body.ticket)).body.state).toBe('called'), {
      timeout: 5_000,
    });
    const claimed = await it.send('POST', `/v1/rooms/${room}/tickets/me/claim`, { bearer: body.ticket });
    expect(claimed.status).toBe(200);
    expect((await ask(room, before[0].body.ticket)).body.state).toBe('waiting');

    const jti = JSON.parse(
      Buffer.from(claimed.body.reservation_token.split('.')[1], 'base64url').toString(),
    ).jti;
    expect((await it.admin('DELETE', `/rooms/${room}/active/${jti}`)).status).toBe(204);
    expect((await ask(room, body.ticket)).body).toMatchObject({ state: 'completed', line: 'priority' });
    await vi.waitFor(async () => expect((await ask(room, before[0].body.ticket)).body.state).toBe('called'), {
      timeout: 5_000,
    });
  });

  test('and its ticket can be left', async () => {
    const room = await it.openRoom(SLOW);
    await join(room);
    await join(room);
    const code = await makeCode(room, { uses: 2 });
    const tickets = [(await join(room, code)).body.ticket, (await join(room, code)).body.ticket];
    const leave = () => it.send('DELETE', `/v1/rooms/${room}/tickets/me`, { bearer: tickets[1] });
    expect((await leave()).status).toBe(204);
    expect((await leave()).status).toBe(204);
    expect((await ask(room, tickets[1])).body.code).toBe('ticket_expired');
  });

  test('of one use gives one place, though twenty join with it concurrently', async () => {
    const room = await it.openRoom(SLOW);
    const code = await makeCode(room);
    const answers = await Promise.all(Array.from({ length: 20 }, () => join(room, code)));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    const refused = answers.filter((answer) => answer.status === 403);
    expect(refused).toHaveLength(19);
    for (const { body } of refused) expect(body.code).toBe('code_invalid');
    expect((await it.gateway.redis.hgetall(roomKeys(room).room)).priority_issued).toBe('1');
  });

  test('of seven uses gives seven places', async () => {
    const room = await it.openRoom(SLOW);
    const code = await makeCode(room, { uses: 7 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => join(room, code)));
    const numbers = answers.filter(({ status }) => status === 201).map(({ body }) => body.number);
    expect(numbers.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await refusalOf(join(room, code))).toEqual([403, 'code_invalid', 'It has been used up.']);
  });

  test('gives nothing after its expiry', async () => {
    const room = await it.openRoom(SLOW);
    const endsMs = Date.now() - 1_000;
    const { epoch } = it.gateway.rooms.get(room);
    const late = it.gateway.codes.sign({
      room,
      epoch,
      kind: 'priority',
      id: 'AbCdEfGhIjKl',
      uses: 1,
      endsMs,
    });
    expect(await refusalOf(join(room, late))).toEqual([403, 'code_invalid', 'It has expired.']);
    const expires_at = new Date(Date.now() + 3_600_000).toISOString();
    expect((await join(room, await makeCode(room, { expires_at }))).status).toBe(201);
    const past = { kind: 'priority', expires_at: new Date(endsMs).toISOString() };
    const refused = await it.admin('POST', `/rooms/${room}/codes`, past);
    expect([refused.status, refused.body.errors[0].field]).toEqual([422, 'expires_at']);
  });

  test('that is forged, altered or from another room is refused, and counts no use', async () => {
    const room = await it.openRoom(SLOW);
    const other = await it.openRoom(SLOW);
    const code = await makeCode(room);
    expect(await refusalOf(join(other, code))).toEqual([403, 'code_invalid', 'It is for another room.']);
    const [name, epoch, id, uses, end, mac] = code.split('.') as [
      ...[string, string, string, string, string, string],
    ];
    const head = `${name}.${epoch}`;
    const altered = [
      [head.replace('pri_', 'inv_'), id, uses, end, mac],
      [`pri_${other}.${epoch}`, id, uses, end, mac],
      [name, id, uses, end, mac],
      [`${name}.1${epoch}`, id, uses, end, mac],
      [head, id.replace(/^./, (first) => (first === 'a' ? 'b' : 'a')), uses, end, mac],
      [head, id, '9', end, mac],
      [head, id, uses, 'zzzzzz', mac],
      [head, id, uses, end, mac.replace(/^./, (first) => (first === 'a' ? 'b' : 'a'))],
    ].map((parts) => parts.join('.'));
    const foreign = createCodeSigner(['another secret of at least 32 letters']);
    altered.push(foreign.sign({ room, epoch: 1, kind: 'priority', id, uses: 1, endsMs: null }));
    const plain = createHmac('sha256', it.gateway.config.bindingSecret).update(
      [head, id, uses, end].join('.'),
    );
    altered.push([head, id, uses, end, plain.digest().subarray(0, 16).toString('base64url')].join('.'));
    altered.push('pri_', '', 'let me in');
    for (const text of altered)
      expect(await refusalOf(join(text.startsWith(`pri_${other}`) ? other : room, text))).toEqual([
        403,
        'code_invalid',
        'It was not issued here.',
      ]);
    expect(await usesOf(room)).toEqual([]);
    expect((await join(room, code)).status).toBe(201);
  });

  test('is not used up by a shopper with a live ticket, nor in a closed room', async () => {
    const room = await it.openRoom(SLOW);
    await join(room);
    const code = await makeCode(room);
    const { body } = await join(room, code);
    const again = await join(room, code, body.ticket);
    expect([again.status, again.body.number, again.body.line]).toEqual([200, 1, 'priority']);
    const ordinary = (await join(room)).body.ticket;
    const fresh = await makeCode(room);
    expect((await join(room, fresh, ordinary)).body).not.toHaveProperty('line');
    await it.admin('POST', `/rooms/${room}/close`);
    expect((await join(room, fresh)).body.code).toBe('room_closed');
    expect(await usesOf(room)).toEqual([1]);
  });

  test('counts no use in a room without priority that everybody may join', async () => {
    const room = await it.openRoom({ ...SLOW, priority_share: 0 });
    const code = await makeCode(room);
    const { status, body } = await join(room, code);
    expect(status).toBe(201);
    expect(body).not.toHaveProperty('line');
    expect(await usesOf(room)).toEqual([]);
  });
});

describe('a priority ticket', () => {
  test('cannot be made of an ordinary one', async () => {
    const room = await it.openRoom(SLOW);
    await join(room, await makeCode(room));
    const ticket: string = (await join(room)).body.ticket;
    const [head, epoch, index, ...rest] = ticket.split('.');
    const altered = [head, epoch, `P${index}`, ...rest].join('.');
    expect((await ask(room, altered)).body.code).toBe('ticket_unknown');
  });

  test('waits according to its share, and an ordinary one according to the rest', async () => {
    const room = await it.openRoom({ admissions_per_minute: 60, max_active: 1 });
    await join(room);
    await vi.waitFor(() => expect(it.gateway.rooms.get(room).snapshot?.active).toBe(1), { timeout: 5_000 });
    await Promise.all(Array.from({ length: 40 }, () => join(room)));
    const last = (await join(room)).body;
    expect(last).toMatchObject({ ahead: 40 });
    const code = await makeCode(room, { uses: 10 });
    const tickets: string[] = [];
    for (let one = 0; one < 10; one += 1) tickets.push((await join(room, code)).body.ticket);
    await vi.waitFor(() => expect(it.gateway.rooms.get(room).snapshot?.priority.waiting).toBe(10), {
      timeout: 5_000,
    });
    // The tenth ticket of its line is called by the room's fortieth call. Ordinary tickets wait for ten more calls.
    const aheadOf = async (ticket: string, callsBefore: number) => {
      const { ahead, eta_seconds } = (await ask(room, ticket)).body;
      expect(eta_seconds).toEqual(
        etaSeconds(callsBefore, it.gateway.rooms.get(room).throughput.forecast as Forecast),
      );
      return ahead;
    };
    await vi.waitFor(async () => expect(await aheadOf(tickets[9] as string, 39)).toBe(9), {
      timeout: 15_000,
    });
    await vi.waitFor(async () => expect(await aheadOf(last.ticket, 50)).toBe(40), { timeout: 15_000 });
  });
});

describe('codes and other room features', () => {
  test('a draining or rejecting room accepts no code, and counts no use', async () => {
    const room = await it.openRoom(SLOW);
    const code = await makeCode(room);
    await it.admin('PATCH', `/rooms/${room}`, { queueing_method: 'reject' });
    expect((await join(room, code)).body.code).toBe('room_rejects');
    await it.admin('PATCH', `/rooms/${room}`, { queueing_method: 'fifo' });
    await join(room);
    await it.admin('POST', `/rooms/${room}/drain`);
    expect((await join(room, code)).body.code).toBe('room_closed');
    const joins = [{ operation: 'op', code: { id: 'id', uses: 1, endsMs: null } }];
    const place = { room, line: 'priority' } as const;
    const replies = await runJoinWithCode(it.gateway.redis, place, joins, NO_HIGH_WATER_MARKS, 0);
    expect(replies).toEqual([{ outcome: 'closed' }]);
    expect(await usesOf(room)).toEqual([]);
  });

  test('a draining room still serves its priority line', async () => {
    const room = await it.openRoom(SLOW);
    await vi.waitFor(() => expect(it.gateway.rooms.get(room).snapshot).not.toBeNull(), { timeout: 5_000 });
    const known = it.gateway.rooms.get(room);
    const drained = (waiting: number): Room => ({
      ...known,
      state: 'draining',
      snapshot: {
        ...(known.snapshot as Snapshot),
        version: known.version,
        priority: { issued: 1, serving: 1 - waiting, waiting, called: 0 },
      },
    });
    expect(dueStep(drained(1), Date.now())).toBeNull();
    expect(dueStep(drained(0), Date.now())).toBe('close');
  });

  test('a passthrough room calls both lines at once', async () => {
    const room = await it.openRoom({ ...SLOW, queueing_method: 'passthrough', max_active: 1 });
    const code = await makeCode(room, { uses: 3 });
    for (const { body } of await Promise.all([
      join(room),
      join(room),
      ...[1, 2, 3].map(() => join(room, code)),
    ]))
      await vi.waitFor(async () => expect((await ask(room, body.ticket)).body.state).toBe('called'), {
        timeout: 5_000,
      });
  });

  test('in a lottery room an invited guest has no number before the draw, and a priority ticket does not take part in it', async () => {
    const room = 'invited-lottery';
    const [lobby_opens_at, opens_at] = [-60_000, 3_600_000].map((ms) =>
      new Date(Date.now() + ms).toISOString(),
    );
    const settings = { queueing_method: 'lottery', invite_only: true, opens_at };
    await it.admin('POST', '/rooms', { id: room, name: 'Invited', ...settings });
    const priority = await makeCode(room);
    await it.admin('PATCH', `/rooms/${room}`, { lobby_opens_at });
    await vi.waitFor(() => expect(it.gateway.rooms.get(room).state).toBe('lobby'), { timeout: 5_000 });
    const guest = (await join(room, await makeCode(room, { kind: 'invite' }))).body;
    expect(guest).toMatchObject({ state: 'lobby', number: null, lottery_receipt: { index: 1 } });
    expect((await join(room, priority)).body).not.toHaveProperty('lottery_receipt');
  });

  test('of a lottery cannot be issued, nor its share raised, after its lobby has opened; the existing ones are public', async () => {
    const room = 'announced-lottery';
    await it.admin('POST', '/rooms', { id: room, queueing_method: 'lottery', priority_share: 0.2 });
    const code = await makeCode(room);
    await it.admin('PATCH', `/rooms/${room}`, { lobby_opens_at: new Date(Date.now() - 1_000).toISOString() });
    const status = async () => (await it.send('GET', `/v1/rooms/${room}/status`)).body;
    await expect.poll(async () => (await status()).state, { timeout: 5_000 }).toBe('lobby');

    for (const state of ['lobby', 'open']) {
      if (state === 'open') await it.admin('POST', `/rooms/${room}/open`);
      const late = await it.admin('POST', `/rooms/${room}/codes`, { kind: 'priority' });
      expect([late.status, late.body.code]).toEqual([409, 'state_conflict']);
      const raised = await it.admin('PATCH', `/rooms/${room}`, { priority_share: 0.3 });
      expect([raised.status, raised.body.code]).toEqual([409, 'state_conflict']);
    }
    expect((await it.admin('POST', `/rooms/${room}/codes`, { kind: 'invite' })).status).toBe(201);
    expect((await it.admin('PATCH', `/rooms/${room}`, { priority_share: 0.1 })).status).toBe(200);

    expect((await status()).priority).toEqual({ share: 0.1, called: 0, waiting: 0 });
    await join(room, code);
    await expect
      .poll(async () => (await status()).priority, { timeout: 5_000 })
      .toEqual({ share: 0.1, called: 1, waiting: 0 });
  });

  test('leaving after the claim gives a priority ticket’s slot to the next', async () => {
    const room = await it.openRoom({ ...FAST, max_active: 1 });
    const code = await makeCode(room, { uses: 2 });
    const [first, second] = [(await join(room, code)).body.ticket, (await join(room, code)).body.ticket];
    const isCalled = (ticket: string) =>
      vi.waitFor(async () => expect((await ask(room, ticket)).body.state).toBe('called'), { timeout: 5_000 });
    await isCalled(first);
    await it.send('POST', `/v1/rooms/${room}/tickets/me/claim`, { bearer: first });
    const left = await it.send('DELETE', `/v1/rooms/${room}/tickets/me`, { bearer: first });
    expect(left.status).toBe(204);
    await isCalled(second);
  });

  test('deleting a room leaves nothing of its priority line', async () => {
    const room = await it.openRoom(SLOW);
    await join(room);
    const code = await makeCode(room, { uses: 2 });
    const tickets = [(await join(room, code)).body.ticket, (await join(room, code)).body.ticket];
    await it.send('DELETE', `/v1/rooms/${room}/tickets/me`, { bearer: tickets[1] });
    await saveUses(it.gateway);
    const keys = () => it.gateway.redis.keys(`wr:{${room}}:*`);
    expect((await keys()).filter((key) => /:priority:|:codes$/.test(key))).toHaveLength(3);
    expect((await it.admin('DELETE', `/rooms/${room}?force=true`)).status).toBe(204);
    expect(await keys()).toEqual([]);
    expect(await it.gateway.sql`select from code_uses where room_id = ${room}`).toHaveLength(0);
  });
});

describe('a room for invited guests', () => {
  test('gives a place only with a valid code, and once for each use', async () => {
    const room = await it.openRoom({ ...SLOW, invite_only: true });
    const uninvited = await join(room);
    expect([uninvited.status, uninvited.body.code]).toEqual([403, 'invite_required']);
    const code = await makeCode(room, { kind: 'invite' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => join(room, code)));
    const [guest] = answers.filter(({ status }) => status === 201);
    expect(answers.filter(({ body }) => body.code === 'code_invalid')).toHaveLength(19);
    expect(guest?.body).toMatchObject({ number: 1 });
    expect(guest?.body).not.toHaveProperty('line');
    expect((await join(room, undefined, guest?.body.ticket)).status).toBe(200);
    expect((await join(room, await makeCode(room))).body).toMatchObject({ line: 'priority', number: 1 });
  });

  test('accepts a priority code as an invite code when it has no priority line', async () => {
    const room = await it.openRoom({ ...SLOW, invite_only: true, priority_share: 0 });
    const code = await makeCode(room);
    expect((await join(room, code)).status).toBe(201);
    expect((await join(room, code)).body.code).toBe('code_invalid');
  });

  test('that opens to everybody requires no code and counts none', async () => {
    const room = await it.openRoom({ ...SLOW, invite_only: true });
    const code = await makeCode(room, { kind: 'invite' });
    await it.admin('PATCH', `/rooms/${room}`, { invite_only: false });
    expect((await join(room)).status).toBe(201);
    expect((await join(room, code)).status).toBe(201);
    expect((await join(room, code)).status).toBe(201);
    expect(await usesOf(room)).toEqual([]);
  });
});

describe('used codes', () => {
  test('stay used when Redis has lost everything', async () => {
    const room = await it.openRoom(SLOW);
    const [saved, unsaved, fresh] = (await makeCodes(room, { count: 3 })) as [string, string, string];
    const place = await join(room, saved);
    await saveUses(it.gateway);
    await join(room, unsaved);
    await it.gateway.redis.unlink(await it.gateway.redis.keys(`wr:{${room}}:*`));
    await vi.waitFor(async () => expect((await ask(room, place.body.ticket)).status).toBe(200), {
      timeout: 5_000,
    });
    expect((await join(room, saved)).body.code).toBe('code_invalid');
    expect((await join(room, unsaved)).body.code).toBe('code_invalid');
    expect((await join(room, fresh)).body.number).toBeGreaterThan(2);
  });

  test('and their numbers stay also when no gateway knows them', async () => {
    const room = await it.openRoom(SLOW);
    await join(room);
    const code = await makeCode(room, { uses: 4 });
    for (let one = 0; one < 3; one += 1) await join(room, code);
    const saved = async () => {
      const [row] = await it.gateway.sql`select priority_high_number from rooms where id = ${room}`;
      return Number(row?.priority_high_number);
    };
    await vi.waitFor(async () => expect(await saved()).toBe(3), { timeout: 5_000 });
    it.gateway.rooms.remove(room);
    await it.gateway.redis.unlink(await it.gateway.redis.keys(`wr:{${room}}:*`));
    await it.gateway.rooms.refresh();
    const again = async () => (await join(room, code)).body;
    await vi.waitFor(async () => expect((await again()).number).toBeGreaterThan(3), { timeout: 5_000 });
    expect((await again()).code).toBe('code_invalid');
  });

  test('and their tickets end with a reset, for any number of remaining uses', async () => {
    const room = await it.openRoom(SLOW);
    const code = await makeCode(room, { uses: 2 });
    const { body } = await join(room, code);
    await it.admin('POST', `/rooms/${room}/reset`);
    await it.admin('POST', `/rooms/${room}/open`);
    expect((await ask(room, body.ticket)).body.code).toBe('ticket_expired');
    expect(await refusalOf(join(room, code))).toEqual([403, 'code_invalid', ENDED]);
    const fresh = await makeCode(room);
    expect((await join(room, fresh)).body).toMatchObject({ line: 'priority', number: 1 });
  });

  test('end with the deletion of their room, though its name is used again', async () => {
    const room = await it.openRoom(SLOW);
    const [invite] = await makeCodes(room, { kind: 'invite', uses: 9 });
    await it.admin('DELETE', `/rooms/${room}?force=true`);
    await it.admin('POST', '/rooms', { id: room, invite_only: true });
    await it.admin('POST', `/rooms/${room}/open`);
    expect(await refusalOf(join(room, invite))).toEqual([403, 'code_invalid', ENDED]);
  });

  test('without a generation are valid in older rooms, until a reset', async () => {
    const room = await it.openRoom({ ...SLOW, invite_only: true });
    const old = it.gateway.codes.sign({
      room,
      epoch: null,
      kind: 'invite',
      id: 'AbCdEfGhIjKl',
      uses: 9,
      endsMs: null,
    });
    expect(await refusalOf(join(room, old))).toEqual([403, 'code_invalid', ENDED]);
    await it.gateway.sql`update rooms set takes_codes_without_epoch = true where id = ${room}`;
    await it.gateway.rooms.refresh();
    expect((await join(room, old)).status).toBe(201);
    await it.admin('POST', `/rooms/${room}/reset`);
    await it.admin('POST', `/rooms/${room}/open`);
    expect(await refusalOf(join(room, old))).toEqual([403, 'code_invalid', ENDED]);
  });
});

describe('a revoked code', () => {
  const revoke = (room: string, id: string) => it.admin('DELETE', `/rooms/${room}/codes/${id}`);
  async function makeOne(room: string) {
    const { body } = await it.admin('POST', `/rooms/${room}/codes`, { kind: 'invite', uses: 9 });
    return { code: body.codes[0] as string, id: body.ids[0] as string };
  }

  test('gives no more places, audited once; earlier places remain, and other codes stay valid', async () => {
    const room = await it.openRoom({ ...SLOW, invite_only: true });
    const [one, other] = [await makeOne(room), await makeOne(room)];
    const { ticket } = (await join(room, one.code)).body;
    for (const _ of ['once', 'twice']) expect((await revoke(room, one.id)).status).toBe(204);
    expect(await refusalOf(join(room, one.code))).toEqual([403, 'code_invalid', 'It was revoked.']);
    expect((await ask(room, ticket)).status).toBe(200);
    expect((await join(room, other.code)).status).toBe(201);
    const { entries } = (await it.admin('GET', '/audit')).body;
    const noted = entries.filter((entry: { action: string }) => entry.action === 'codes.revoke');
    expect(noted).toMatchObject([{ target: room, after: { id: one.id } }]);
  });

  test('is refused by every gateway within about a second, in each generation, and after Redis has lost everything', async () => {
    const room = await it.openRoom({ ...SLOW, invite_only: true });
    const database = it.gateway.sql.options;
    const other = await openTestGateway(
      { databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') },
      {
        readyDatabase: `postgres://${database.user}:${database.pass}@${database.host[0]}:${database.port[0]}/${database.database}`,
        secret: it.gateway.config.bindingSecret,
      },
    );
    try {
      const there = () => other.send('POST', `/v1/rooms/${room}/tickets`, { body: { code: made.code } });
      const revokeThere = async () => {
        await vi.waitFor(async () => expect((await there()).status).toBe(201), { timeout: 5_000 });
        await revoke(room, made.id);
        await vi.waitFor(async () => expect((await there()).body.detail).toBe('It was revoked.'), {
          timeout: 5_000,
        });
      };
      let made = await makeOne(room);
      await revokeThere();
      await it.admin('POST', `/rooms/${room}/reset`);
      await it.admin('POST', `/rooms/${room}/open`);
      made = await makeOne(room);
      await revokeThere();
      await it.gateway.redis.unlink(await it.gateway.redis.keys(`wr:{${room}}:*`));
      expect((await there()).body.detail).toBe('It was revoked.');
    } finally {
      await other.close();
    }
  });

  test('is revoked by operators, by its id in an existing room', async () => {
    const room = await it.openRoom(SLOW);
    const { key } = (await it.admin('POST', '/keys', { name: 'v', role: 'viewer' })).body;
    const path = `/v1/admin/rooms/${room}/codes/AbCdEfGhIjKl`;
    expect((await it.send('DELETE', path, { bearer: key })).body.code).toBe('role_forbidden');
    expect((await revoke('nowhere', 'AbCdEfGhIjKl')).body.code).toBe('room_unknown');
    expect((await revoke(room, 'short')).status).toBe(422);
  });
});

describe('operators', () => {
  test('create codes, which the audit log records without the codes; a viewer may not', async () => {
    const room = await it.openRoom(SLOW);
    const wanted = { kind: 'invite', count: 3, uses: 2, label: 'press' };
    const answer = await it.admin('POST', `/rooms/${room}/codes`, wanted);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(new Set(answer.body.codes).size).toBe(3);
    expect(answer.body).toMatchObject({ ...wanted, expires_at: null });
    const { text } = await it.admin('GET', '/audit?limit=5');
    expect(text).toContain('"action":"codes.create"');
    expect(text).toContain('"label":"press"');
    for (const code of answer.body.codes) expect(text).not.toContain(code);

    const { body: viewer } = await it.admin('POST', '/keys', { name: 'viewer', role: 'viewer' });
    const refused = await it.send('POST', `/v1/admin/rooms/${room}/codes`, {
      bearer: viewer.key,
      body: wanted,
    });
    expect(refused.body.code).toBe('role_forbidden');
    expect((await it.admin('POST', '/rooms/nowhere/codes', wanted)).body.code).toBe('room_unknown');
  });

  test.each([
    ['kind', 'vip'],
    ['count', 0],
    ['count', 1_001],
    ['uses', 0],
    ['uses', 1.5],
    ['expires_at', 'tomorrow'],
  ])('%s = %j is refused, naming the field', async (field, value) => {
    const room = await it.openRoom(SLOW);
    const answer = await it.admin('POST', `/rooms/${room}/codes`, { kind: 'invite', [field]: value });
    expect([answer.status, answer.body.errors[0].field]).toEqual([422, field]);
  });

  test.each([
    ['priority_share', 1],
    ['priority_share', -0.1],
    ['priority_share', 0.12345],
    ['invite_only', 'yes'],
  ])('the setting %s = %j is refused, naming the field', async (field, value) => {
    const room = await it.openRoom(SLOW);
    const answer = await it.admin('PATCH', `/rooms/${room}`, { [field]: value });
    expect([answer.status, answer.body.errors[0].field]).toEqual([422, field]);
  });

  test('see both lines in the figures of a room', async () => {
    const room = await it.openRoom({ ...FAST, max_active: 1 });
    await join(room);
    await vi.waitFor(() => expect(it.gateway.rooms.get(room).snapshot?.active).toBe(1), { timeout: 5_000 });
    const code = await makeCode(room, { uses: 2 });
    await Promise.all([join(room), join(room, code), join(room, code)]);
    await vi.waitFor(
      async () =>
        expect((await it.admin('GET', `/rooms/${room}/stats`)).body).toMatchObject({
          ...{ issued: 2, serving: 1, waiting: 1 },
          priority: { issued: 2, serving: 0, waiting: 2, called: 0 },
        }),
      { timeout: 5_000 },
    );
  });
});
