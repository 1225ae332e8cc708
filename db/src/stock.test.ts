import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelOrder } from './orders/cancel.ts';
import { markPaid } from './orders/mark-paid.ts';
import { findProduct, restockProduct, updateProduct } from './products.ts';
import { openSale, type Sale } from './sale.fixture.ts';
import { type StockFigures, stockFigures } from './stock.ts';

const ROOMS = ['sale', 'second'] as const;
const PRODUCTS = ['sneaker', 'cap', 'bag'] as const;

let sale: Sale;
beforeAll(async () => {
  sale = await openSale({ units: 9, perCustomerLimit: 9 });
  await sale.offer({ productId: 'cap', units: 9 });
  await sale.offer({ productId: 'bag', units: 9, room: 'second' });
});
afterAll(() => sale.close());

const by = { actor: 'test', role: 'operator', action: 'test', target: 'test', request_id: '' };
const entry = () => ({ ...by, at: new Date(sale.clock.now()), before: null, after: null });

async function move(productId: string, room: string): Promise<void> {
  const read = (await findProduct(sale.sql, productId))!;
  await updateProduct(sale.sql, read, { ...read, room_id: room }, entry());
}

/** The sum over the products of a room, counted one by one. */
async function counted(room: string) {
  const all = await Promise.all(PRODUCTS.map((id) => findProduct(sale.sql, id)));
  const sum = (figure: 'available' | 'held' | 'sold') =>
    all.reduce((total, product) => total + (product?.room_id === room ? product[figure] : 0), 0);
  return { remaining: sum('available'), held: sum('held'), sold: sum('sold') };
}

const step = fc.record({
  kind: fc.constantFrom('buy', 'buy', 'pay', 'cancel', 'restock', 'move'),
  product: fc.constantFrom(...PRODUCTS),
  room: fc.constantFrom(...ROOMS),
  n: fc.integer({ min: 0, max: 5 }),
});

test('figures are the sum over the room, and a new figure always has a higher version, also after a move', async () => {
  const orders: string[] = [];
  const before = new Map<string, StockFigures>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      for (const { kind, product, room, n } of steps) {
        const orderId = orders.at(-1 - n);
        const now = new Date(sale.clock.now());
        if (kind === 'buy') {
          const at = (await findProduct(sale.sql, product))?.room_id ?? room;
          const bought = await sale.buy({ productId: product, room: at });
          if (bought.outcome === 'placed') orders.push(bought.order.id);
        } else if (kind === 'restock') await restockProduct(sale.sql, { id: product, delta: n - 2 }, entry());
        else if (kind === 'move') await move(product, room);
        else if (orderId && kind === 'pay') await markPaid(sale.sql, { orderId, providerId: 'pi', now });
        else if (orderId) await cancelOrder(sale.sql, { orderId, now });
        for (const id of ROOMS) {
          const { version, ...figures } = await stockFigures(sale.sql, id);
          expect(figures).toEqual(await counted(id));
          const known = before.get(id);
          if (known) {
            const { version: knownVersion, ...knownFigures } = known;
            expect(version).toBeGreaterThanOrEqual(knownVersion);
            if (version === knownVersion) expect(figures).toEqual(knownFigures);
          }
          before.set(id, { version, ...figures });
        }
      }
    }),
    { numRuns: 40 },
  );
});
