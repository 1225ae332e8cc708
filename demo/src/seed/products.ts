import { adminProductDocument } from '@shopfast/kit/contracts/products';
import { SALE_ROOM } from './rooms.ts';
import { operate, type Target } from './target.ts';

/** The product that the sample orders buy. */
export const SOLD_PRODUCT = 'seed-sneaker';

/** Enough for the orders of one run; the units of an earlier run are sold. */
const UNITS = 40;

const PRODUCTS = [
  { id: SOLD_PRODUCT, name: 'Sneaker', price: 12_900, room: SALE_ROOM, per_customer_limit: 5, units: UNITS },
  { id: 'seed-boot', name: 'Boot', price: 18_900, room: SALE_ROOM, per_customer_limit: 2, units: 3 },
  {
    id: 'seed-sandal',
    name: 'Sandal, sold out',
    price: 5_900,
    room: SALE_ROOM,
    per_customer_limit: 1,
    units: 0,
  },
  {
    id: 'seed-cap',
    name: 'Cap, in the long line',
    price: 2_500,
    room: 'seed-line',
    per_customer_limit: 1,
    units: 80,
  },
];

/** Puts the products on sale and restocks them. */
export async function makeProducts(target: Target): Promise<void> {
  for (const { units, ...product } of PRODUCTS) {
    const { id, ...settings } = product;
    const body = { id, currency: 'EUR', stock: units, description: 'A sample.', ...settings };
    const made = await operate(target, 'POST', '/products', { body, accept: [409] });
    if (made.status !== 409) continue;
    const { document } = await operate(target, 'PATCH', `/products/${id}`, { body: settings });
    const delta = units - adminProductDocument.parse(document).available;
    if (delta !== 0) await operate(target, 'POST', `/products/${id}/stock`, { body: { delta } });
  }
}
