import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { buyers } from './buying.ts';
import { startCheckout } from './checkout.ts';
import { startGateway } from './gateway.ts';
import { median } from './median.ts';
import { type Measured, measure } from './wrk.ts';

/** Client and gateway are two processes, so each holds one descriptor per connection: well below the usual 20,000. */
const SLOW = { halfHeads: 1_000, joins: 1_400, orders: 1_400, uploads: 200 };
const ALL = Object.values(SLOW).reduce((sum, count) => sum + count, 0);
/** Faster than the minimum rate (100 bytes a second), so that the requests stay open. */
const DRIP = { bytes: 300, everyMs: 2_000 };
const OPEN_AT_ONCE = 100;
/** Refused or ended requests are repeated after this time. */
const AGAIN_MS = 1_000;
const PLENTY = 1_000_000_000;
const ORDERS_A_SECOND = 2_000;
export const MOST_RATIO = 1.5;

/** Orders through a gateway, with and without one client that keeps 4,000 slow requests open, alternating. */
export async function measureSlowClients(
  { rounds, seconds }: { rounds: number; seconds: number },
  lifecycle: Lifecycle,
  say: (step: string) => void,
) {
  say('starting Postgres, Redis, a checkout and a gateway');
  const checkout = await startCheckout(lifecycle);
  await checkout.offer('sneaker', PLENTY);
  const gateway = await startGateway(lifecycle, { CHECKOUT_URL: checkout.url });
  await gateway.openRoom('sale', { admissions_per_minute: 60, max_active: 1 });

  const orders = async () => {
    const requests = buyers(await checkout.mint(ORDERS_A_SECOND * seconds), 'sneaker');
    return measure(gateway.url, requests, seconds);
  };
  say('warming up');
  await orders();
  const measured: { alone: Measured; beside: Measured; open: number }[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const alone = await orders();
    const slow = await openSlowRequests(gateway.url);
    const beside = await orders();
    const open = slow.size();
    await slow.close();
    measured.push({ alone, beside, open });
    say(
      `round ${round}/${rounds}  order p99: ${alone.p99Ms} ms alone, ${beside.p99Ms} ms beside ${open} slow requests; ` +
        `${Math.round(alone.rps)} and ${Math.round(beside.rps)} a second`,
    );
  }
  const of = (pick: (one: (typeof measured)[number]) => number) => rounded(median(measured.map(pick)));
  const p99Ratio = of(({ alone, beside }) => beside.p99Ms / alone.p99Ms);
  return {
    slow_clients: {
      open: Math.min(...measured.map(({ open }) => open)),
      order_p99_ms: of(({ alone }) => alone.p99Ms),
      order_p99_beside_ms: of(({ beside }) => beside.p99Ms),
      p99_ratio: p99Ratio,
      rps_ratio: of(({ alone, beside }) => beside.rps / alone.rps),
      holds: p99Ratio <= MOST_RATIO,
    },
  };
}

/** Opens all slow requests, and keeps their number until `close`. */
async function openSlowRequests(url: string) {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let isClosing = false;

  async function open(head: string): Promise<void> {
    const socket = connect(Number(port), hostname);
    sockets.add(socket);
    socket.on('error', () => {}).resume();
    const dripping = head.endsWith('\r\n\r\n')
      ? setInterval(() => socket.write('x'.repeat(DRIP.bytes)), DRIP.everyMs)
      : undefined;
    socket.once('end', () => socket.destroy());
    socket.once('close', () => {
      clearInterval(dripping);
      sockets.delete(socket);
      if (!isClosing) setTimeout(() => !isClosing && void open(head).catch(() => {}), AGAIN_MS);
    });
    await once(socket, 'connect');
    socket.write(head);
  }

  const post = (path: string, length: number) =>
    `POST ${path} HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
  const heads = [
    ...new Array<string>(SLOW.halfHeads).fill('GET /v1/products HTTP/1.1\r\nHost: shop\r\nX-Slow: '),
    ...new Array<string>(SLOW.joins).fill(post('/v1/rooms/sale/tickets', 4_000)),
    ...new Array<string>(SLOW.orders).fill(post('/v1/orders', 60_000)),
    ...new Array<string>(SLOW.uploads).fill(post('/v1/orders', 10_000_000)),
  ];
  for (let at = 0; at < ALL; at += OPEN_AT_ONCE)
    await Promise.all(heads.slice(at, at + OPEN_AT_ONCE).map(open));
  return {
    size: () => sockets.size,
    close: async () => {
      isClosing = true;
      for (const socket of sockets) socket.destroy();
      while (sockets.size > 0) await wait(50);
    },
  };
}

const rounded = (value: number) => Math.round(value * 1_000) / 1_000;
