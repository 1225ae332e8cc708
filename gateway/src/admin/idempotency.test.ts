import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';

let it: TestGateway;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
});
afterAll(() => it.close());

const post = (path: string, body: object, key: string, bearer = it.ownerKey) =>
  it.send('POST', `/v1/admin${path}`, { bearer, body, headers: { 'idempotency-key': key } });
const roomsLike = async (id: string) =>
  (await it.gateway.sql`select id from rooms where id like ${`${id}%`}`).length;

test('the same key and body get the same answer, and nothing is created twice', async () => {
  const first = await post('/rooms', { id: 'once' }, 'make-once');
  const again = await post('/rooms', { id: 'once' }, 'make-once');
  expect(first.status).toBe(201);
  expect([again.status, again.text]).toEqual([first.status, first.text]);
  for (const name of ['etag', 'location', 'content-type'])
    expect(again.headers.get(name)).toBe(first.headers.get(name));
  expect(again.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
  expect(await roomsLike('once')).toBe(1);
});

test('a repeated creation of a key gives one key, and its stored secret is encrypted', async () => {
  const body = { name: 'twice', role: 'viewer' };
  const [first, again] = [await post('/keys', body, 'key-1'), await post('/keys', body, 'key-1')];
  expect(again.body.key).toBe(first.body.key);
  const { keys } = (await it.admin('GET', '/keys')).body;
  expect(keys.filter((key: { name: string }) => key.name === 'twice')).toHaveLength(1);
  const rows = await it.gateway.sql`select * from idempotent_requests`;
  expect(JSON.stringify(rows)).not.toContain(first.body.key);
});

test('of many concurrent requests with the same key one runs; the others get its answer or must wait', async () => {
  const body = { name: 'rush', role: 'viewer' };
  const answers = await Promise.all(Array.from({ length: 8 }, () => post('/keys', body, 'rush')));
  const made = answers.filter(({ status }) => status === 201);
  expect(new Set(made.map(({ body: { id } }) => id)).size).toBe(1);
  for (const { status, body: problem, headers } of answers.filter((one) => one.status !== 201)) {
    expect([status, problem.code]).toEqual([409, 'request_in_progress']);
    expect(headers.get('retry-after')).toBe('2');
  }
  const { keys } = (await it.admin('GET', '/keys')).body;
  expect(keys.filter((key: { name: string }) => key.name === 'rush')).toHaveLength(1);
});

test('another body, or another call, under the same key is refused', async () => {
  await post('/rooms', { id: 'one-body' }, 'one-body');
  for (const [path, body] of [
    ['/rooms', { id: 'one-body', max_active: 3 }],
    ['/rooms', { id: 'one-body-2' }],
    ['/keys', { id: 'one-body' }],
  ] as const) {
    const answer = await post(path, body, 'one-body');
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0].field).toBe('idempotency-key');
  }
  expect(await roomsLike('one-body')).toBe(1);
});

test('a refused request stores no answer: a corrected one may use the same key', async () => {
  expect((await post('/rooms', { id: 'corrected', max_active: -1 }, 'corrected')).status).toBe(422);
  expect((await post('/rooms', { id: 'corrected', max_active: 1 }, 'corrected')).status).toBe(201);
});

test('keys are separate for each caller', async () => {
  const { key } = (await it.admin('POST', '/keys', { name: 'other', role: 'owner' })).body;
  await post('/rooms', { id: 'mine' }, 'shared-name');
  expect((await post('/rooms', { id: 'theirs' }, 'shared-name', key)).status).toBe(201);
});

test('a viewer never gets an answer of an owner, and a key gives nothing without the right to call', async () => {
  const { key } = (await it.admin('POST', '/keys', { name: 'v', role: 'viewer' })).body;
  expect((await post('/rooms', { id: 'not-mine' }, 'viewer-tries', key)).body.code).toBe('role_forbidden');
  expect(await roomsLike('not-mine')).toBe(0);
});

test('after a day the key is free, and old answers are deleted', async () => {
  await post('/rooms', { id: 'yesterday' }, 'yesterday');
  await it.gateway.sql`
    update idempotent_requests set created_at = now() - interval '25 hours', locked_until = now() - interval '25 hours'`;
  expect((await post('/rooms', { id: 'yesterday' }, 'yesterday')).body.code).toBe('room_exists');
  await post('/rooms', { id: 'today' }, 'today');
  const old = await it.gateway
    .sql`select key from idempotent_requests where created_at < now() - interval '1 day'`;
  expect(old).toHaveLength(0);
});

test.each(['', 'ä', 'x'.repeat(129)])('an invalid key is refused: %j', async (key) => {
  const answer = await it.app.request('/v1/admin/rooms', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${it.ownerKey}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify({ id: 'no-key' }),
  });
  expect(answer.status).toBe(422);
});
