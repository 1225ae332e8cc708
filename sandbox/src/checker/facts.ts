import type { Sql } from '@shopfast/db/client';
import { findViolations, type Violation } from '@shopfast/db/conservation';
import type { OrderState } from '@shopfast/kit/contracts/api';
import type { EmailTemplate } from '@shopfast/kit/contracts/jobs';
import { readInbox } from './inbox.ts';
import { type Money, readPayments } from './payments.ts';

/** Where to read the records of a sale, and from which time on. */
export type Books = { sql: Sql; inboxUrl: string; stripeUrl: string; room: string; since?: Date };

export type OrderFacts = {
  id: string;
  jti: string;
  state: OrderState;
  payment_state: string;
  /** The fate of money that arrived after the hold had expired. */
  late_payment: 'bought' | 'refunded' | null;
  /** Minor units. */
  total: number;
  /** What the payment service charged and refunded for it. */
  money: Money;
};

export type MailFacts = {
  order_id: string;
  template: EmailTemplate;
  /** How many attempts to send it were started. */
  attempts: number;
  /** How many copies are in the inbox. */
  received: number;
};

/** The records of one sale in the shop's database, the mail server and the payment service. */
export type Facts = {
  products: Array<{ id: string; stock: number; available: number; held: number; sold: number }>;
  /** Rows of any sale that violate a rule of `db/src/conservation.sql`. */
  violations: Violation[];
  orders: OrderFacts[];
  mails: MailFacts[];
  /** Charges that belong to no order of any sale. */
  chargesWithoutOrder: string[];
  /** Dead letters of any sale. */
  deadLetters: Array<{ name: string; error: string }>;
};

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Reads everything at once. Work in progress may be seen half done, so wait for the end first. */
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

/** The orders of a room and the states of their payments, from the shop's database. */
export function readOrders(sql: Sql, room: string): Promise<Array<Omit<OrderFacts, 'money'>>> {
  return sql`
    select o.id, o.jti, o.state, o.late_payment, o.total::int as total, p.state as payment_state
    from orders o join payments p on p.order_id = o.id where o.room_id = ${room}`;
}
