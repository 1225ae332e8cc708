import type { Sql } from '@shopfast/db/client';
import { findViolations, type Violation } from '@shopfast/db/conservation';
import type { OrderState } from '@shopfast/kit/contracts/api';
import type { EmailTemplate } from '@shopfast/kit/contracts/jobs';
import { readInbox } from './inbox.ts';
import { type Money, readPayments } from './payments.ts';

/** Where the books of a sale are, and since when they are of interest. */
export type Books = { sql: Sql; inboxUrl: string; stripeUrl: string; room: string; since?: Date };

export type OrderFacts = {
  id: string;
  jti: string;
  state: OrderState;
  payment_state: string;
  /** What became of money that came when the hold had run out. */
  late_payment: 'bought' | 'refunded' | null;
  /** Minor units. */
  total: number;
  /** What the payment service took and gave back for it. */
  money: Money;
};

export type MailFacts = {
  order_id: string;
  template: EmailTemplate;
  /** How often it was begun to be sent. */
  attempts: number;
  /** How often it lies in the inbox. */
  received: number;
};

/** What the books of the shop, the mail server and the payment service say of one sale. */
export type Facts = {
  products: Array<{ id: string; stock: number; available: number; held: number; sold: number }>;
  /** Rows that break a rule of `db/src/conservation.sql`, in any sale. */
  violations: Violation[];
  orders: OrderFacts[];
  mails: MailFacts[];
  /** Charges that name no order of any sale. */
  chargesWithoutOrder: string[];
  /** Jobs of any sale that will not be tried again. */
  deadLetters: Array<{ name: string; error: string }>;
};

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Reads everything at once; what is under way just then may be seen half done, so wait for the end first. */
export async function gatherFacts({
  sql,
  inboxUrl,
  stripeUrl,
  room,
  since = new Date(0),
}: Books): Promise<Facts> {
  const products = await sql<Facts['products']>`
    select p.id, i.stock, i.available, i.held, i.sold
    from products p join inventory i on i.product_id = p.id where p.room_id = ${room}`;
  const orders = await readOrders(sql, room);
  const mails = await sql<Array<Omit<MailFacts, 'received'> & { message_id: string }>>`
    select m.order_id, m.template, m.message_id, m.attempts
    from emails m join orders o on o.id = m.order_id where o.room_id = ${room}`;
  const inbox = await readInbox(inboxUrl);
  const payments = await readPayments(stripeUrl);
  const ids = payments.orderIds.filter((id) => UUID.test(id));
  const known = await sql<{ id: string }[]>`select id from orders where id = any(${ids}::uuid[])`;
  const knownIds = new Set(known.map((order) => order.id));
  return {
    products: [...products],
    violations: await findViolations(sql),
    orders: orders.map((order) => ({ ...order, money: payments.of(order.id) })),
    mails: mails.map(({ message_id, ...mail }) => ({ ...mail, received: inbox.get(message_id) ?? 0 })),
    chargesWithoutOrder: payments.orderIds.filter((id) => !knownIds.has(id)),
    deadLetters:
      await sql`select name, error from dead_letters where failed_at >= ${since} and resent_at is null`,
  };
}

/** The orders of a room and how their payments stand, in the shop's own books. */
export function readOrders(sql: Sql, room: string): Promise<Array<Omit<OrderFacts, 'money'>>> {
  return sql`
    select o.id, o.jti, o.state, o.late_payment, o.total::int as total, p.state as payment_state
    from orders o join payments p on p.order_id = o.id where o.room_id = ${room}`;
}
