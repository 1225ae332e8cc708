import { randomUUID } from 'node:crypto';
import { manualClock } from '@shopfast/kit/clock';
import type { OrderState } from '@shopfast/kit/contracts/api';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import postgres from 'postgres';
import { inject } from 'vitest';
import { connectDb, type Sql } from './client.ts';
import type { OrderWithItems } from './orders/find.ts';
import { type Purchase, type PurchaseResult, purchase } from './orders/purchase.ts';
import type { StoredRoomState } from './schema/gateway.ts';
import type { PaymentState } from './schema/orders.ts';
import { type Seed, seed } from './seed.ts';
import { createTestDatabase } from './testing.ts';

export const HOLD_SECONDS = 600;

/** What a test wants to buy; `productId` and `quantity` describe a single item. */
type PurchaseOverrides = Partial<Purchase & { productId: string; quantity: number }>;

/** A separate database with one product on sale, and helpers for tests. */
export async function openSale(product: Partial<Seed> = {}, connections = 8) {
  const lifecycle = createLifecycle();
  const database = await createTestDatabase(inject('databaseUrl'));
  lifecycle.onClose('database', () => database.drop());
  const log = createLog('test', 'silent');
  const { sql } = connectDb(database.url, { name: 'test', max: connections, lifecycle, log });
  const clock = manualClock();
  const onSale: Seed = {
    room: 'sale',
    productId: 'sneaker',
    name: 'Sneaker',
    price: 12_900,
    currency: 'eur',
    units: 50,
    perCustomerLimit: 1,
    ...product,
  };
  await seed(sql, onSale);
  await putRoom(sql, onSale.room);

  /** One purchase by a new customer with a new token, unless overridden. */
  function buy({ productId, quantity, ...request }: PurchaseOverrides = {}): Promise<PurchaseResult> {
    const now = new Date(clock.now());
    return purchase(sql, {
      orderId: randomUUID(),
      jti: randomUUID(),
      ticketId: 'ticket',
      room: onSale.room,
      epoch: 1,
      number: 1,
      items: [{ productId: productId ?? onSale.productId, quantity: quantity ?? 1, quotedPrice: null }],
      ...{ tax: 0, shipping: 0, destination: null },
      email: `${randomUUID()}@example.com`,
      userId: null,
      paymentMethod: 'pm_card_visa',
      idempotencyKey: null,
      requestHash: 'hash',
      locale: null,
      holdUntil: new Date(now.getTime() + HOLD_SECONDS * 1000),
      now,
      ...request,
    });
  }

  /** A purchase that must succeed. */
  async function place(request: PurchaseOverrides = {}): Promise<OrderWithItems> {
    const result = await buy(request);
    if (result.outcome !== 'placed') throw new Error(`expected an order, got ${result.outcome}`);
    return result.order;
  }

  /** One more product of the same room. */
  const offer = (more: Pick<Seed, 'productId'> & Partial<Seed>) =>
    seed(sql, { ...onSale, name: more.productId, ...more });

  return {
    sql,
    url: database.url,
    clock,
    buy,
    place,
    offer,
    lifecycle,
    close: () => lifecycle.close(),
    ...observe(sql),
    overlapAtInventory: (start: () => Promise<unknown>[]) => overlapAtInventory(database.url, start),
  };
}

/** The row of a room, by default one whose reservations may buy. */
export async function putRoom(
  sql: Sql,
  id: string,
  { epoch = 1, state = 'open', rehearsal = false }: Partial<RoomValues> = {},
): Promise<void> {
  await sql`
    insert into rooms (id, name, settings, state, epoch)
    values (${id}, ${id}, ${sql.json({ rehearsal })}, ${state}, ${epoch})
    on conflict (id) do update set epoch = excluded.epoch, state = excluded.state, settings = excluded.settings`;
}
type RoomValues = { epoch: number; state: StoredRoomState; rehearsal: boolean };

/**
 * Forces statements to overlap: all have started, and so taken their snapshot, and wait for the inventory rows before
 * the first one may continue. There must not be more statements than connections.
 */
async function overlapAtInventory(url: string, start: () => Promise<unknown>[]): Promise<void> {
  const gate = postgres(url, { max: 1 });
  const observer = postgres(url, { max: 1 });
  try {
    await gate`begin`;
    await gate`select from inventory for update`;
    const started = start();
    const settled = Promise.allSettled(started);
    const waiting = async () => {
      const [row] = await observer<{ n: number }[]>`
        select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return row!.n;
    };
    while ((await waiting()) < started.length);
    await gate`commit`;
    await settled;
  } finally {
    await Promise.all([gate.end(), observer.end()]);
  }
}

function observe(sql: Sql) {
  return {
    /** Of one product; default: "sneaker". */
    async units(productId = 'sneaker') {
      const [row] = await sql<{ available: number; held: number; sold: number }[]>`
        select available, held, sold from inventory where product_id = ${productId}`;
      return row!;
    },
    async states(orderId: string) {
      const [row] = await sql<{ order: OrderState; payment: PaymentState }[]>`
        select o.state as order, p.state as payment from orders o join payments p on p.order_id = o.id
        where o.id = ${orderId}`;
      return row!;
    },
    /** The jobs in the outbox, as "name" or "name template". */
    async jobs(orderId?: string) {
      const rows = await sql<{ job: string }[]>`
        select concat_ws(' ', name, payload ->> 'template') as job from outbox
        where ${orderId ?? null}::text is null or payload ->> 'order_id' = ${orderId ?? null} order by id`;
      return rows.map((row) => row.job);
    },
    async count(table: string): Promise<number> {
      const [row] = await sql<{ rows: number }[]>`select count(*) as rows from ${sql(table)}`;
      return row!.rows;
    },
  };
}
export type Sale = Awaited<ReturnType<typeof openSale>>;
