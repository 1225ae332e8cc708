import type { Log } from '@shopfast/kit/log';
import { Hono } from 'hono';
import type { Transporter } from 'nodemailer';
import type { Sql } from 'postgres';
import Stripe from 'stripe';

export type OldShopDeps = { sql: Sql; stripe: Stripe; mail: Transporter; log: Log };
type Order = { id: number; email: string; product: string; total: number };
type Wanted = { product_id: string; quantity: number; email: string; payment_method: string };

class SoldOut extends Error {}

/**
 * The shop that ShopFast replaces, as it was written: product, order, payment, user and notification on one Postgres,
 * and the whole order inside the request. It has the faults of design.md §1 and no others; nothing in it is slowed
 * down.
 */
export function createOldShop({ sql, stripe, mail, log }: OldShopDeps): Hono {
  const app = new Hono();

  app.get('/products/:id', async (c) => {
    const [product] = await sql`
      select p.id, p.name, p.price, i.available from products p join inventory i on i.product_id = p.id
      where p.id = ${c.req.param('id')}`;
    return product ? c.json(product) : c.json({ error: 'unknown product' }, 404);
  });

  app.post('/orders', async (c) => {
    const order = await placeOrder(await c.req.json<Wanted>());
    await sendConfirmation(order);
    return c.json({ order }, 201);
  });

  app.onError((error, c) => {
    if (error instanceof SoldOut) return c.json({ error: 'sold out' }, 409);
    if (error instanceof Stripe.errors.StripeCardError) return c.json({ error: 'declined' }, 402);
    log.error({ err: error }, 'order failed');
    return c.json({ error: 'internal error' }, 500);
  });

  async function placeOrder({ product_id, quantity, email, payment_method }: Wanted): Promise<Order> {
    const customerId = await findOrCreateCustomer(email);
    // One transaction, so that an order with a failed payment leaves nothing behind.
    return sql.begin(async (tx) => {
      const [product] = await tx<{ name: string; price: number }[]>`
        select name, price from products where id = ${product_id}`;
      const [stock] = await tx<{ available: number }[]>`
        select available from inventory where product_id = ${product_id}`;
      if (!product || !stock || stock.available < quantity) throw new SoldOut();
      const total = product.price * quantity;
      const [order] = await tx<[{ id: number }]>`
        insert into orders (customer_id, product_id, quantity, total)
        values (${customerId}, ${product_id}, ${quantity}, ${total}) returning id::int`;
      const intent = await stripe.paymentIntents.create({
        ...{ amount: total, currency: 'eur', payment_method, payment_method_types: ['card'], confirm: true },
        metadata: { order_id: String(order.id) },
      });
      await tx`insert into payments (order_id, intent_id, amount) values (${order.id}, ${intent.id}, ${total})`;
      await tx`update inventory set available = available - ${quantity} where product_id = ${product_id}`;
      await tx`update orders set status = 'paid' where id = ${order.id}`;
      return { id: order.id, email, product: product.name, total };
    }) as Promise<Order>;
  }

  async function findOrCreateCustomer(email: string): Promise<number> {
    const [known] = await sql<{ id: number }[]>`select id::int from customers where email = ${email}`;
    if (known) return known.id;
    const [created] = await sql<[{ id: number }]>`
      insert into customers (email) values (${email}) returning id::int`;
    return created.id;
  }

  async function sendConfirmation({ id, email, product, total }: Order): Promise<void> {
    await mail.sendMail({
      ...{ from: 'Old Shop <orders@shop.example>', to: email, subject: `Your order ${id}` },
      text: `Thank you for buying ${product} for ${total / 100} €.`,
    });
  }

  return app;
}
