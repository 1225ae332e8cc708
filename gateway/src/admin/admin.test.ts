import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { createMetrics } from '../metrics.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';

let it: TestGateway;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
});
afterAll(() => it.close());

test('an operator finds a room at every gateway at once, after any gateway created it', async () => {
  const room = await it.openRoom();
  const dropFromMemory = () => it.gateway.rooms.remove(room);
  for (const [method, path, body, status] of [
    ['GET', '', undefined, 200],
    ['PUT', '/remaining', { remaining: 5, held: 0, sold: 0 }, 204],
    ['POST', '/admit', { count: 1 }, 200],
    ['POST', '/pause', undefined, 200],
    ['GET', '/stats', undefined, 200],
  ] as const) {
    dropFromMemory();
    expect([path, (await it.admin(method, `/rooms/${room}${path}`, body)).status]).toEqual([path, status]);
  }
  expect((await it.admin('GET', '/rooms/no-such-room')).status).toBe(404);
});

describe('settings', () => {
  test.each([
    ['admissions_per_minute', -5],
    ['admissions_per_minute', 0],
    ['admissions_per_minute', 1e9],
    ['admissions_per_minute', 'fast'],
    ['admissions_per_minute', null],
    ['admissions_per_minute', 1.5],
    ['max_active', 0],
    ['stock_factor', 0],
    ['opens_at', 'tomorrow'],
    ['checkout_url', '//evil.example'],
    ['checkout_url', 'javascript:alert(1)'],
    ['checkout_url', '/\t/evil.example'],
    ['checkout_url', '/\n/evil.example'],
    ['checkout_url', '/\\evil.example'],
    ['checkout_url', 'https://user:password@evil.example'],
    ['message', 'a\u0000b'],
    ['name', '\ud83d'],
    ['poll_max_ms', 500_000],
  ])('%s = %j is refused, naming the field', async (field, value) => {
    const room = await it.openRoom();
    const answer = await it.admin('PATCH', `/rooms/${room}`, { [field]: value });
    expect(answer.status).toBe(422);
    expect(answer.body.code).toBe('invalid_request');
    const named = answer.body.errors.map((fault: { field: string }) => fault.field);
    expect(named).toContain(field === 'poll_max_ms' ? 'abandon_after_seconds' : field);
    expect((await it.admin('GET', `/rooms/${room}`)).body.admissions_per_minute).toBe(600);
  });

  test('an unknown setting is refused instead of ignored', async () => {
    const room = await it.openRoom();
    expect((await it.admin('PATCH', `/rooms/${room}`, { admissions_per_minut: 5 })).status).toBe(422);
  });

  test('If-Match refuses an edit of a room that was changed meanwhile', async () => {
    const room = await it.openRoom();
    const { headers } = await it.admin('GET', `/rooms/${room}`);
    const etag = { 'if-match': headers.get('etag') };
    expect((await it.admin('PATCH', `/rooms/${room}`, { max_active: 7 }, etag)).status).toBe(200);
    const late = await it.admin('PATCH', `/rooms/${room}`, { max_active: 9 }, etag);
    expect(late.status).toBe(412);
    expect((await it.admin('GET', `/rooms/${room}`)).body.max_active).toBe(7);
  });

  test('a new rate reaches the shared status', async () => {
    const room = await it.openRoom();
    await it.admin('PATCH', `/rooms/${room}`, { admissions_per_minute: 77 });
    expect((await it.send('GET', `/v1/rooms/${room}/status`)).body.admissions_per_minute).toBe(77);
  });
});

describe('transitions', () => {
  test('follow the state machine; an illegal one is refused, naming the states that allow it', async () => {
    const room = await it.openRoom();
    expect((await it.admin('POST', `/rooms/${room}/pause`)).body.state).toBe('paused');
    const again = await it.admin('POST', `/rooms/${room}/pause`);
    expect(again.status).toBe(409);
    expect(again.body.detail).toContain('open');
    expect((await it.admin('POST', `/rooms/${room}/resume`)).body.state).toBe('open');
    expect((await it.admin('POST', `/rooms/${room}/close`)).body.state).toBe('closed');
    expect((await it.admin('POST', `/rooms/${room}/open`)).body.code).toBe('state_conflict');
    expect((await it.send('POST', `/v1/rooms/${room}/tickets`)).body.code).toBe('room_closed');
  });

  test('a paused room admits nobody until it resumes', async () => {
    const room = await it.openRoom({ admissions_per_minute: 60_000 });
    await it.admin('POST', `/rooms/${room}/pause`);
    const { body } = await it.send('POST', `/v1/rooms/${room}/tickets`);
    const ticks = () => it.gateway.rooms.get(room).snapshot?.at ?? 0;
    const before = ticks();
    await vi.waitFor(() => expect(ticks()).toBeGreaterThan(before + 200), { timeout: 5_000 });
    const ask = () => it.send('GET', `/v1/rooms/${room}/tickets/me`, { bearer: body.ticket });
    expect((await ask()).body.state).toBe('waiting');
    await it.admin('POST', `/rooms/${room}/resume`);
    await vi.waitFor(async () => expect((await ask()).body.state).toBe('called'), { timeout: 5_000 });
  });

  test('a schedule opens and closes a room by itself', async () => {
    const soon = new Date(Date.now() + 300).toISOString();
    const later = new Date(Date.now() + 1_800).toISOString();
    await it.admin('POST', '/rooms', { id: 'by-schedule', opens_at: soon, closes_at: later });
    const state = async () => (await it.admin('GET', '/rooms/by-schedule')).body.state;
    expect(await state()).toBe('scheduled');
    await vi.waitFor(async () => expect(await state()).toBe('open'), { timeout: 5_000 });
    await vi.waitFor(async () => expect(await state()).toBe('closed'), { timeout: 5_000 });
  });
});

describe('stock signal', () => {
  test('a room is sold out when nothing remains and nothing is held; each waiter sees it at the next poll; it ends when stock returns', async () => {
    const room = await it.openRoom({ max_active: 1 });
    const join = async () => (await it.send('POST', `/v1/rooms/${room}/tickets`)).body.ticket as string;
    await join();
    const bearer = await join();
    const roomState = async () =>
      (await it.send('GET', `/v1/rooms/${room}/tickets/me`, { bearer })).body.room_state;
    const put = (body: object) => it.admin('PUT', `/rooms/${room}/remaining`, body);
    const state = async () => (await it.send('GET', `/v1/rooms/${room}/status`)).body.state;
    expect((await put({ remaining: 0, held: 0, sold: 50, version: 2 })).status).toBe(204);
    await vi.waitFor(async () => expect(await state()).toBe('sold_out'), { timeout: 5_000 });
    expect(await roomState()).toBe('sold_out');
    expect((await put({ remaining: 9, held: 0, sold: 41, version: 1 })).body.code).toBe('stale_version');
    expect((await put({ remaining: -1, held: 0, sold: 0 })).status).toBe(422);
    expect((await put({ remaining: 1, held: 0, sold: 49, version: 3 })).status).toBe(204);
    await vi.waitFor(async () => expect(await state()).toBe('open'), { timeout: 5_000 });
    expect(await roomState()).toBe('open');
  });
});

describe('keys', () => {
  test('roles are respected, and a revoked key is refused', async () => {
    const room = await it.openRoom();
    const make = async (role: string) => (await it.admin('POST', '/keys', { name: role, role })).body;
    const viewer = await make('viewer');
    const operator = await make('operator');
    const as = (key: { key: string }, method: string, path: string, body?: object) =>
      it.send(method, `/v1/admin${path}`, { bearer: key.key, body });

    expect((await as(viewer, 'GET', `/rooms/${room}`)).status).toBe(200);
    expect((await as(viewer, 'PATCH', `/rooms/${room}`, { max_active: 3 })).body.code).toBe('role_forbidden');
    expect((await as(operator, 'PATCH', `/rooms/${room}`, { max_active: 3 })).status).toBe(200);
    expect((await as(operator, 'POST', '/keys', { name: 'x', role: 'owner' })).body.code).toBe(
      'role_forbidden',
    );
    expect((await it.send('GET', `/v1/admin/rooms/${room}`)).body.code).toBe('key_missing');
    expect((await as({ key: 'adm_made-up-key-of-somebody' }, 'GET', '/rooms')).body.code).toBe('key_invalid');

    expect((await it.admin('DELETE', `/keys/${viewer.id}`)).status).toBe(204);
    await vi.waitFor(async () => expect((await as(viewer, 'GET', '/rooms')).status).toBe(401), {
      timeout: 10_000,
    });
  });

  test('are hashed at rest and shown once', async () => {
    const { body } = await it.admin('POST', '/keys', { name: 'once', role: 'viewer' });
    const listed = (await it.admin('GET', '/keys')).text;
    expect(listed).toContain(body.prefix);
    expect(listed).not.toContain(body.key);
    const rows = await it.gateway.sql`select * from api_keys`;
    expect(JSON.stringify(rows)).not.toContain(body.key);
  });

  test('every change is in the audit log with who, what, before and after', async () => {
    const room = await it.openRoom();
    await it.admin('PATCH', `/rooms/${room}`, { max_active: 42 });
    const { body } = await it.admin('GET', '/audit');
    const [newest] = body.entries.filter((entry: { target: string }) => entry.target === room);
    expect(newest).toMatchObject({
      action: 'room.update',
      role: 'owner',
      before: { max_active: 500 },
      after: { max_active: 42 },
    });
  });
});

describe('the overview for operators', () => {
  test('a key shows its role, and every role sees all rooms with their figures', async () => {
    const room = await it.openRoom({ name: 'Overview', admissions_per_minute: 1, max_active: 1 });
    for (let i = 0; i < 4; i += 1) await it.send('POST', `/v1/rooms/${room}/tickets`);
    const made = (await it.admin('POST', '/keys', { name: 'Vera', role: 'viewer' })).body;
    const asViewer = (path: string) => it.send('GET', `/v1/admin${path}`, { bearer: made.key });
    expect((await asViewer('/me')).body).toEqual({ id: made.id, name: 'Vera', role: 'viewer' });
    await vi.waitFor(
      async () => {
        const { rooms } = (await asViewer('/stats')).body;
        const found = rooms.find(({ id }: { id: string }) => id === room);
        expect(found).toMatchObject({
          name: 'Overview',
          stats: { state: 'open', draining: false, waiting: 3, active: 1, version: expect.any(Number) },
        });
        expect(found.stats.counted).toMatchObject({ joins: 4, calls: 1, drop_outs: 0 });
        expect(found.stats.eta_seconds.low).toBeGreaterThan(60);
        expect(found.stats.pace).toMatchObject({ free_slots: 0, measured_per_minute: 1 });
      },
      { timeout: 5_000 },
    );
    await it.admin('POST', `/rooms/${room}/pause`);
    const paused = await it.admin('GET', `/rooms/${room}/stats`);
    expect(paused.body).toMatchObject({ state: 'paused', eta_seconds: null, eta_reason: 'paused' });
  });
});

describe('the audit log', () => {
  test('is read page by page, each entry once, and by target', async () => {
    const room = await it.openRoom();
    for (let max_active = 1; max_active <= 5; max_active += 1)
      await it.admin('PATCH', `/rooms/${room}`, { max_active });
    const other = await it.openRoom();
    const seen: { id: number; target: string; action: string }[] = [];
    let query = `limit=3&target=${room}`;
    for (let page = 0; page < 5; page += 1) {
      const { body } = await it.admin('GET', `/audit?${query}`);
      seen.push(...body.entries);
      if (body.next_before === null) break;
      query = `limit=3&target=${room}&before=${body.next_before}`;
      await it.admin('PATCH', `/rooms/${other}`, { max_active: page + 10 });
    }
    expect(seen.map(({ action }) => action)).toEqual([
      ...Array.from({ length: 5 }, () => 'room.update'),
      'room.open',
      'room.create',
    ]);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(7);
    for (const wrong of ['limit=0', 'limit=501', 'before=x', 'before=-1', 'target='])
      expect((await it.admin('GET', `/audit?${wrong}`)).status).toBe(422);
  });
});

describe('other routes', () => {
  test('health, readiness, metrics and the API description answer', async () => {
    const room = await it.openRoom();
    await vi.waitFor(() => expect(it.gateway.rooms.get(room).snapshot).not.toBeNull(), { timeout: 5_000 });
    expect((await it.send('GET', '/healthz')).status).toBe(200);
    expect((await it.send('GET', '/readyz')).status).toBe(200);
    const metrics = await createMetrics(it.gateway.rooms, it.gateway.meters).metrics();
    expect(metrics).toContain(`shopfast_room_waiting{room="${room}"}`);
    // Metrics are for operators, at a separate address.
    expect((await it.send('GET', '/metrics')).body).toMatchObject({ status: 404, code: 'not_found' });
    const { body } = await it.send('GET', '/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    for (const path of ['/v1/rooms/{room}/tickets', '/v1/admin/rooms/{room}/remaining', '/v1/admin/keys'])
      expect(body.paths).toHaveProperty([path]);
  });

  test('the shared status is cacheable and answers 304 to its ETag', async () => {
    const room = await it.openRoom();
    const first = await it.send('GET', `/v1/rooms/${room}/status`);
    expect(first.headers.get('cache-control')).toBe('public, max-age=1');
    await it.admin('POST', `/rooms/${room}/close`);
    const closed = await it.send('GET', `/v1/rooms/${room}/status`);
    const again = await it.send('GET', `/v1/rooms/${room}/status`, {
      headers: { 'if-none-match': closed.headers.get('etag') },
    });
    expect(again.status).toBe(304);
  });

  test('unknown addresses and broken JSON get a problem, with the request id', async () => {
    const unknown = await it.send('GET', '/v1/nothing');
    const id = unknown.headers.get('x-request-id');
    expect(unknown.body).toMatchObject({ code: 'not_found', status: 404, request_id: id });
    const room = await it.openRoom();
    const broken = await it.app.request(`/v1/rooms/${room}/tickets`, { method: 'POST', body: '{"locale":' });
    expect(((await broken.json()) as { code: string }).code).toBe('malformed_request');
  });
});
