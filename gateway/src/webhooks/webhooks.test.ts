import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listDeliveries } from '@shopfast/db/webhook-deliveries';
import { manualClock } from '@shopfast/kit/clock';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  onTestFinished,
  test,
  vi,
} from 'vitest';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { isPublicAddress } from './addresses.ts';
import { createBacklogWatch } from './backlog.ts';
import { deliverDue, retryAfterMs } from './deliver.ts';
import { createPost } from './post.ts';

type Message = { id: string; type: string; room: string; data: Record<string, unknown> };
type Received = { body: string; headers: IncomingHttpHeaders; message: Message };

const urls = () => ({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
let it: TestGateway;
let receiver: Server;
let address: string;
let received: Received[];
let answerWith: { status: number; location?: string } | 'nothing';

beforeAll(async () => {
  it = await openTestGateway(urls());
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({ body, headers: request.headers, message: body ? JSON.parse(body) : {} });
      if (answerWith === 'nothing') return;
      response.writeHead(answerWith.status, answerWith.location ? { location: answerWith.location } : {});
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  await it.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});
beforeEach(() => {
  received = [];
  answerWith = { status: 204 };
});
afterEach(async () => {
  await it.gateway.sql`delete from webhooks`;
  it.gateway.config.webhooksToPrivate = true;
});

const create = (body: object) => it.admin('POST', '/webhooks', body);
const hook = async (events: string[], more: object = {}) =>
  (await create({ url: address, events, ...more })).body as { id: string; secret: string };
const typesOf = (room: string) =>
  received.filter(({ message }) => message.room === room).map(({ message }) => message.type);
const deliveriesOf = async (id: string, at = it) =>
  (await at.admin('GET', `/webhooks/${id}/deliveries`)).body.deliveries;

describe('a webhook', () => {
  test('gets only its subscribed events, signed', async () => {
    const { secret } = await hook(['room.opened', 'room.closed', 'room.rate_changed']);
    const room = await it.openRoom();
    await it.admin('PATCH', `/rooms/${room}`, { max_active: 7 });
    await it.admin('PATCH', `/rooms/${room}`, { admissions_per_minute: 90 });
    await it.admin('PUT', `/rooms/${room}/remaining`, { remaining: 0, held: 0, sold: 1 });
    for (const step of ['pause', 'resume', 'close']) await it.admin('POST', `/rooms/${room}/${step}`);
    await vi.waitFor(() => expect(typesOf(room)).toHaveLength(3), { timeout: 20_000 });
    expect(typesOf(room).toSorted()).toEqual(['room.closed', 'room.opened', 'room.rate_changed']);
    const changed = received.find(({ message }) => message.type === 'room.rate_changed') as Received;
    expect(changed.message.data).toEqual({ before: 600, after: 90, rehearsal: false });
    for (const { body, headers } of received) {
      const [, time, signature] =
        /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['shopfast-signature'])) ?? [];
      expect(signature).toBe(createHmac('sha256', secret).update(`${time}.${body}`).digest('hex'));
      expect(Math.abs(Number(time) - Date.now() / 1_000)).toBeLessThan(30);
    }
    expect(new Set(received.map(({ message }) => message.id)).size).toBe(3);
  });

  test('shows its secret once, and stores it encrypted', async () => {
    const { id, secret } = await hook(['room.opened']);
    expect(secret).toMatch(/^whsec_[\w-]{43}$/);
    expect((await it.admin('GET', '/webhooks')).text).not.toContain(secret);
    const [row] = await it.gateway.sql`select * from webhooks where id = ${id}`;
    expect(JSON.stringify(row)).not.toContain(secret.slice(6));
    expect(JSON.stringify((await it.admin('GET', '/audit')).body)).not.toContain(secret);
  });

  test.each([
    ['url', { url: 'http://shop.example/hook', events: ['room.opened'] }],
    ['url', { url: 'ftp://shop.example/hook', events: ['room.opened'] }],
    ['url', { url: 'https://user:password@shop.example/hook', events: ['room.opened'] }],
    ['url', { url: 'not an address', events: ['room.opened'] }],
    ['events', { url: 'https://shop.example', events: [] }],
    ['events.0', { url: 'https://shop.example', events: ['room.exploded'] }],
    ['backlog_threshold', { url: 'https://shop.example', events: ['room.backlog'] }],
    ['backlog_threshold', { url: 'https://shop.example', events: ['room.opened'], backlog_threshold: 5 }],
    ['backlog_threshold', { url: 'https://shop.example', events: ['room.backlog'], backlog_threshold: 0 }],
  ])('is refused, naming %s: %j', async (field, body) => {
    const answer = await create(body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0].field).toBe(field);
  });

  test('is created and deleted by owners only', async () => {
    const { key } = (await it.admin('POST', '/keys', { name: 'o', role: 'operator' })).body;
    const body = { url: address, events: ['room.opened'] };
    const refused = await it.send('POST', '/v1/admin/webhooks', { bearer: key, body });
    expect(refused.body.code).toBe('role_forbidden');
    const { id } = await hook(['room.opened']);
    expect((await it.admin('DELETE', `/webhooks/${id}`)).status).toBe(204);
    expect((await it.admin('DELETE', `/webhooks/${id}`)).body.code).toBe('webhook_unknown');
  });
});

describe('one event per cause', () => {
  test('sold out is sent once for many concurrent figures, and again after stock returned', async () => {
    const { id } = await hook(['room.sold_out']);
    const room = await it.openRoom();
    const put = (remaining: number, version: number) =>
      it.admin('PUT', `/rooms/${room}/remaining`, { remaining, held: 0, sold: 9, version });
    await put(3, 1);
    await Promise.all([2, 3, 4, 5, 6].map((version) => put(0, version)));
    expect(await deliveriesOf(id)).toHaveLength(1);
    await put(1, 7);
    await put(0, 8);
    expect(await deliveriesOf(id)).toHaveLength(2);
  });

  test('several gateways that watch a backlog send one event, until it has fallen and risen again', async () => {
    // A gateway that does not watch the room itself, which has no backlog in truth.
    const quiet = await openTestGateway(urls(), { rounds: false });
    onTestFinished(() => quiet.close());
    const events = ['room.backlog'];
    const made = await quiet.admin('POST', '/webhooks', { url: address, events, backlog_threshold: 10 });
    const { id } = made.body as { id: string };
    const room = await quiet.openRoom({ admissions_per_minute: 1 });
    // Each refresh of the directory makes a new object of the room, which alone gets the next snapshot.
    const seen = await vi.waitFor(
      () => {
        const known = quiet.gateway.rooms.get(room);
        if (!known.snapshot) throw new Error('no tick has seen the room');
        return { ...known, snapshot: known.snapshot };
      },
      { timeout: 25_000 },
    );
    const rooms = { ...quiet.gateway.rooms, all: () => [seen] };
    const watches = [1, 2, 3].map(() => createBacklogWatch({ ...quiet.gateway, rooms }));
    const waits = async (waiting: number) => {
      seen.snapshot = { ...seen.snapshot, waiting };
      await Promise.all(watches.map((watch) => watch()));
      return (await deliveriesOf(id, quiet)).length;
    };
    const counts = [];
    for (const waiting of [9, 10, 25, 9, 11, 7, 12]) counts.push(await waits(waiting));
    expect(counts).toEqual([0, 1, 1, 1, 1, 1, 2]);
  });

  test('several gateways that deliver send each message once', async () => {
    const { id } = await hook(['room.rate_changed']);
    const room = await it.openRoom();
    for (let rate = 1; rate <= 25; rate += 1)
      await it.admin('PATCH', `/rooms/${room}`, { admissions_per_minute: rate });
    const posts: string[] = [];
    const post = async (_: string, body: string) => void posts.push(JSON.parse(body).id);
    for (let round = 0; round < 5; round += 1)
      await Promise.all([1, 2, 3, 4].map(() => deliverDue(it.gateway, post)));
    await vi.waitFor(
      async () => {
        const open = (await deliveriesOf(id)).filter((one: { state: string }) => one.state !== 'delivered');
        expect(open).toEqual([]);
      },
      { timeout: 15_000 },
    );
    const all = [...posts, ...received.map(({ message }) => message.id)];
    expect(all).toHaveLength(25);
    expect(new Set(all).size).toBe(25);
  });
});

describe('a receiver that fails', () => {
  test('is retried with growing pauses for a day, then the delivery is marked failed', async () => {
    const { id } = await hook(['room.opened']);
    const room = await it.openRoom();
    // A week ahead, so that the gateway's own loop leaves it to this test.
    const at = Date.now() + 7 * 86_400_000;
    const clock = manualClock(at);
    await it.gateway.sql`
      insert into webhook_deliveries (webhook_id, room, event, cause, data, created_at, next_attempt_at)
      values (${id}, ${room}, 'room.closed', 'manual', '{}', ${new Date(at)}, ${new Date(at)})`;
    const row = async () => (await listDeliveries(it.gateway.sql, id, 1))[0];
    const attempts: number[] = [];
    const fail = async () => {
      attempts.push(clock.now() - at);
      throw new Error('answered 500');
    };
    while (!(await row())?.failed_at && attempts.length < 100) {
      await deliverDue({ ...it.gateway, clock }, fail);
      clock.advance(((await row())?.next_attempt_at.getTime() ?? 0) - clock.now());
    }
    expect(await row()).toMatchObject({ last_error: 'answered 500', delivered_at: null });
    expect(attempts.length).toBeGreaterThan(25);
    expect(attempts.length).toBeLessThan(45);
    expect(attempts[1]).toBeLessThanOrEqual(12_000);
    expect(attempts.at(-1)).toBeGreaterThan(22 * 3_600_000);
    expect(attempts.at(-1)).toBeLessThanOrEqual(86_400_000);
    clock.advance(86_400_000);
    expect(await deliverDue({ ...it.gateway, clock }, fail)).toBe(0);
  });

  test('that is restored gets the missed events', async () => {
    answerWith = { status: 503 };
    const { id } = await hook(['room.opened']);
    await it.openRoom();
    const state = async () => (await deliveriesOf(id))[0];
    await vi.waitFor(async () => expect((await state())?.last_error).toBe('answered 503'), {
      timeout: 20_000,
    });
    answerWith = { status: 200 };
    await it.gateway.sql`update webhook_deliveries set next_attempt_at = now() where webhook_id = ${id}`;
    await vi.waitFor(async () => expect((await state())?.state).toBe('delivered'), { timeout: 20_000 });
    expect(await state()).toMatchObject({ attempts: 2, last_error: null });
  });

  test('pauses double from 10 s to an hour, spread by a fifth', () => {
    expect([1, 2, 3, 9, 10, 30].map((attempts) => retryAfterMs(attempts, 0.5))).toEqual([
      10_000, 20_000, 40_000, 2_560_000, 3_600_000, 3_600_000,
    ]);
    expect(retryAfterMs(1, 0)).toBe(8_000);
    expect(retryAfterMs(1, 1)).toBe(12_000);
  });
});

describe('a post', () => {
  let allowsPrivate = true;
  const { post, close } = createPost(() => allowsPrivate);
  beforeEach(() => {
    allowsPrivate = true;
  });
  afterAll(close);

  test('does not follow a redirect', async () => {
    answerWith = { status: 302, location: `${address}/inside` };
    await expect(post(address, '{}', {})).rejects.toThrow('answered 302');
    expect(received).toHaveLength(1);
  });

  test('stops waiting after five seconds without an answer', async () => {
    answerWith = 'nothing';
    await expect(post(address, '{}', {})).rejects.toThrow(/timeout/i);
  });

  test('goes to no private address, neither by IP nor by name, unless that is allowed', async () => {
    const byName = address.replace('127.0.0.1', 'localhost');
    allowsPrivate = false;
    for (const url of [address, byName, 'http://2130706433/', 'http://[::1]:1/', 'http://[::ffff:7f00:1]:1/'])
      await expect(post(url, '{}', {}), url).rejects.toThrow('the address is not public');
    expect(received).toHaveLength(0);
    allowsPrivate = true;
    await post(byName, '{}', {});
    expect(received).toHaveLength(1);
  });

  test('to a private address is refused when the webhook is created, unless that is allowed', async () => {
    it.gateway.config.webhooksToPrivate = false;
    for (const url of [
      'https://10.0.0.1/',
      'https://169.254.169.254/latest',
      'https://[fd00::1]/',
      address,
    ]) {
      const answer = await create({ url, events: ['room.opened'] });
      expect(answer.body.errors?.[0].field, url).toBe('url');
    }
    expect((await create({ url: 'https://shop.example/', events: ['room.opened'] })).status).toBe(201);
  });
});

test.each([
  ['8.8.8.8', true],
  ['172.15.0.1', true],
  ['172.16.0.1', false],
  ['172.31.255.255', false],
  ['100.64.0.1', false],
  ['169.254.169.254', false],
  ['0.0.0.0', false],
  ['255.255.255.255', false],
  ['2606:4700::1111', true],
  ['::1', false],
  ['::', false],
  ['fe80::1', false],
  ['fd12::1', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::a00:1', false],
  ['2002:a00:1::', false],
  ['not an address', false],
])('%s is public: %s', (ip, isPublic) => {
  expect(isPublicAddress(ip)).toBe(isPublic);
});
