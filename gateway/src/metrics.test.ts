import { readFile } from 'node:fs/promises';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { createMeters, routeOf } from './meters.ts';
import { createMetrics } from './metrics.ts';
import { openTestGateway, type TestGateway } from './testing/gateway.ts';

let it: TestGateway;
let metrics: ReturnType<typeof createMetrics>;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
  metrics = createMetrics(it.gateway.rooms, it.gateway.meters);
});
afterAll(() => it.close());

const scrape = () => metrics.metrics();
const figure = (text: string, series: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.split(' ')[1] ?? 'NaN',
  );

/** The same ticket, as if it had been given 90 s ago with an estimated wait of a minute. */
function agedTicket(secret: string): string {
  const ticket = it.gateway.tickets.verify(secret);
  if (!ticket) throw new Error('not a ticket');
  return it.gateway.tickets.sign({ ...ticket, joinedAt: ticket.joinedAt - 90, estimatedSeconds: 60 });
}

/** A room with some traffic, so that each series has a value. */
async function usedRoom(): Promise<string> {
  const room = await it.openRoom({ admissions_per_minute: 60_000 });
  await it.admin('PUT', `/rooms/${room}/remaining`, { remaining: 5, held: 1, sold: 4 });
  const ticket = agedTicket((await it.send('POST', `/v1/rooms/${room}/tickets`)).body.ticket);
  await it.send('POST', `/v1/rooms/${room}/tickets`, { bearer: ticket });
  await it.send('POST', '/v1/rooms/nowhere/tickets');
  const token = await vi.waitFor(
    async () => {
      const claimed = await it.send('POST', `/v1/rooms/${room}/tickets/me/claim`, { bearer: ticket });
      expect(claimed.status).toBe(200);
      return claimed.body.reservation_token as string;
    },
    { timeout: 5_000 },
  );
  await it.send('POST', `/v1/rooms/${room}/tickets/me/claim`, { bearer: ticket });
  const slot = `/rooms/${room}/active/${decodeJwt(token).jti}`;
  await it.admin('DELETE', slot);
  await it.admin('DELETE', slot);
  return room;
}

describe('/metrics', () => {
  test('counts places, tokens and freed slots once each, also for repeated requests', async () => {
    const room = await usedRoom();
    const text = await scrape();
    expect(figure(text, `shopfast_joins_total{room="${room}"}`)).toBe(1);
    expect(figure(text, `shopfast_claims_total{room="${room}"}`)).toBe(1);
    expect(figure(text, `shopfast_releases_total{room="${room}",outcome="completed"}`)).toBe(1);
    expect(figure(text, `shopfast_room_remaining{room="${room}"}`)).toBe(5);
    expect(figure(text, 'shopfast_refusals_total{code="room_unknown"}')).toBeGreaterThan(0);
  });

  test('records the actual wait divided by the estimate, once per ticket', async () => {
    const room = await usedRoom();
    const text = await scrape();
    const ratio = 'shopfast_eta_ratio';
    expect(figure(text, `${ratio}_count{room="${room}"}`)).toBe(1);
    expect(figure(text, `${ratio}_bucket{room="${room}",le="1.25"}`)).toBe(0);
    expect(figure(text, `${ratio}_bucket{room="${room}",le="2"}`)).toBe(1);
    expect(figure(text, `${ratio}_bucket{room="${room}",le="+Inf"}`)).toBe(1);
    expect(figure(text, `${ratio}_sum{room="${room}"}`)).toBeCloseTo(1.5, 0);
  });

  test('two concurrent claims of a ticket count once', async () => {
    const room = await it.openRoom({ admissions_per_minute: 60_000 });
    const { body } = await it.send('POST', `/v1/rooms/${room}/tickets`);
    const bearer = agedTicket(body.ticket);
    await vi.waitFor(
      async () =>
        expect((await it.send('GET', `/v1/rooms/${room}/tickets/me`, { bearer })).body.state).toBe('called'),
      { timeout: 15_000 },
    );
    const claim = () => it.send('POST', `/v1/rooms/${room}/tickets/me/claim`, { bearer });
    await Promise.all([claim(), claim(), claim()]);
    const text = await scrape();
    expect(figure(text, `shopfast_claims_total{room="${room}"}`)).toBe(1);
    expect(figure(text, `shopfast_eta_ratio_count{room="${room}"}`)).toBe(1);
  });

  test('a wait that is too short, and one without an estimate, are not counted', async () => {
    const room = await it.openRoom({ admissions_per_minute: 60_000 });
    const { ticket } = (await it.send('POST', `/v1/rooms/${room}/tickets`)).body;
    await vi.waitFor(
      async () =>
        expect((await it.send('POST', `/v1/rooms/${room}/tickets/me/claim`, { bearer: ticket })).status).toBe(
          200,
        ),
      { timeout: 15_000 },
    );
    const text = await scrape();
    expect(figure(text, `shopfast_claims_total{room="${room}"}`)).toBe(1);
    expect(text).not.toContain(`shopfast_eta_ratio_count{room="${room}"}`);
  });

  test('a scrape does not change the next one', async () => {
    const room = await usedRoom();
    await scrape();
    expect(figure(await scrape(), `shopfast_joins_total{room="${room}"}`)).toBe(1);
  });

  test('a deleted room leaves no series', async () => {
    const room = await usedRoom();
    await it.admin('DELETE', `/rooms/${room}?force=true`);
    expect(await scrape()).not.toContain(room);
  });

  test('durations are cumulative buckets with few routes, for any request path', async () => {
    for (const path of ['/v1/rooms/a/tickets', '/v1/rooms/b/tickets', '/x/1', '/x/2', '/v1/rooms/a/b/c/d'])
      await it.send('POST', path);
    const text = await scrape();
    const routes = new Set(
      [...text.matchAll(/duration_seconds_count\{route="([^"]+)"\}/g)].map(([, route]) => route),
    );
    expect([...routes]).toEqual(expect.arrayContaining(['join', 'other']));
    expect(routes.size).toBeLessThan(12);
    const join = 'shopfast_http_request_duration_seconds';
    const last = figure(text, `${join}_bucket{route="join",le="+Inf"}`);
    expect(last).toBe(figure(text, `${join}_count{route="join"}`));
    expect(figure(text, `${join}_bucket{route="join",le="5"}`)).toBeLessThanOrEqual(last);
  });
});

test('a duration belongs to the first bucket that it does not exceed', () => {
  const meters = createMeters();
  for (const ms of [0.5, 1, 1.1, 40, 9_000]) meters.answered('join', ms);
  const { counts, sum } = meters.durations.get('join') ?? { counts: [], sum: 0 };
  expect([...counts]).toEqual([2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1]);
  expect(sum).toBeCloseTo(9.0426);
});

test('a route depends only on the form of its path', () => {
  expect(routeOf('POST', '/v1/rooms/sale/tickets')).toBe('join');
  expect(routeOf('GET', '/v1/rooms/sale/tickets/me')).toBe('get_ticket_status');
  expect(routeOf('DELETE', '/v1/rooms/sale/tickets/me')).toBe('leave');
  expect(routeOf('POST', '/v1/rooms/sale/tickets/me/claim')).toBe('claim');
  expect(routeOf('GET', '/v1/orders/1')).toBe('shop');
});

describe('docs/grafana/shopfast.json', () => {
  test('names only metrics and labels that /metrics has', async () => {
    await usedRoom();
    const text = await scrape();
    const dashboard = JSON.parse(
      await readFile(new URL('../../docs/grafana/shopfast.json', import.meta.url), 'utf8'),
    );
    const found: string[] = JSON.stringify(dashboard).match(/"(?:expr|query)":"(?:[^"\\]|\\.)*"/g) ?? [];
    const names = new Set(found.flatMap((expr) => expr.match(/\b(?:shopfast|nodejs|process)_\w+/g) ?? []));
    expect(names.size).toBeGreaterThan(10);
    for (const name of names) expect(text, name).toMatch(new RegExp(`^${name}(\\{| )`, 'm'));
    const labels = new Set(
      found.flatMap((expr) =>
        [...expr.matchAll(/(?:by ?\(|\{)([\w, ]+)[)=~]/g)].flatMap(([, list]) =>
          (list as string).split(', '),
        ),
      ),
    );
    for (const label of labels) expect(text, label).toMatch(new RegExp(`[{,]${label}="`));
  });

  test('has for each panel a title, a description and a unit', async () => {
    const dashboard = JSON.parse(
      await readFile(new URL('../../docs/grafana/shopfast.json', import.meta.url), 'utf8'),
    );
    for (const panel of dashboard.panels) {
      expect(panel.title).toBeTruthy();
      expect(panel.description, panel.title).toBeTruthy();
      expect(panel.fieldConfig.defaults.unit, panel.title).toBeTruthy();
    }
  });
});
