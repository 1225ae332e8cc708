import type { Sql } from '@shopfast/db/client';
import { findViolations } from '@shopfast/db/conservation';

/** What the system's own books say after the run: Postgres, the inbox and the payment service. */
export type Facts = {
  inventory: { stock: number; available: number; held: number; sold: number };
  orders: { placed: number; paid: number; failed: number; unfinished: number };
  /** Rows that break `stock = available + held + sold`, or one order per token. */
  violations: unknown[];
  ordersPerToken: number;
  emails: { expected: number; delivered: number; paidOrdersWithoutMail: number; twice: number };
  charges: { succeeded: number; ordersChargedTwice: number; withoutPaidOrder: number };
  deadLetters: number;
};

type Source = { sql: Sql; inboxUrl: string; stripeUrl: string; productId: string };

export async function gatherFacts({ sql, inboxUrl, stripeUrl, productId }: Source): Promise<Facts> {
  const [inventory] = await sql<Facts['inventory'][]>`
    select stock, available, held, sold from inventory where product_id = ${productId}`;
  const [orders] = await sql<Facts['orders'][]>`
    select count(*)::int as placed,
           count(*) filter (where state = 'paid')::int as paid,
           count(*) filter (where state = 'payment_failed')::int as failed,
           count(*) filter (where state = 'pending_payment')::int as unfinished
      from orders where product_id = ${productId}`;
  const [tokens] = await sql<{ most: number }[]>`
    select coalesce(max(n), 0)::int as most from (select count(*) as n from orders group by jti) as uses`;
  const [dead] = await sql<{ n: number }[]>`select count(*)::int as n from dead_letters`;

  return {
    inventory: inventory as Facts['inventory'],
    orders: orders as Facts['orders'],
    violations: await findViolations(sql),
    ordersPerToken: tokens?.most ?? 0,
    emails: await gatherEmails(sql, inboxUrl, productId),
    charges: await gatherCharges(sql, stripeUrl, productId),
    deadLetters: dead?.n ?? 0,
  };
}

/** A mail is expected for each `email.send` of the sale; it is delivered when the inbox has its Message-ID. */
async function gatherEmails(sql: Sql, inboxUrl: string, productId: string): Promise<Facts['emails']> {
  const inInbox = new Map<string, number>();
  for (const id of await messageIds(inboxUrl)) inInbox.set(id, (inInbox.get(id) ?? 0) + 1);
  const [outbox] = await sql<{ n: number }[]>`
    select count(*)::int as n from outbox join orders o on o.id = (payload ->> 'order_id')::uuid
     where name = 'email.send' and o.product_id = ${productId}`;
  const sent = await sql<{ message_id: string; order_id: string; template: string }[]>`
    select message_id, order_id, template from emails join orders o on o.id = order_id
     where o.product_id = ${productId}`;
  const delivered = sent.filter((mail) => inInbox.has(mail.message_id));
  const toldPaid = new Set(
    delivered.filter((mail) => mail.template === 'order_paid').map((mail) => mail.order_id),
  );
  const paid = await sql<
    { id: string }[]
  >`select id from orders where state = 'paid' and product_id = ${productId}`;
  return {
    expected: outbox?.n ?? 0,
    delivered: delivered.length,
    paidOrdersWithoutMail: paid.filter((order) => !toldPaid.has(order.id)).length,
    twice: [...inInbox.values()].filter((count) => count > 1).length,
  };
}

async function messageIds(inboxUrl: string): Promise<string[]> {
  const ids: string[] = [];
  let after = '';
  do {
    const answer = await fetch(`${inboxUrl}/api/messages?limit=10000${after && `&after=${after}`}`);
    const page = (await answer.json()) as {
      messages: Array<{ message_id: string }>;
      next_after: string | null;
    };
    ids.push(...page.messages.map((message) => message.message_id));
    after = page.next_after ?? '';
  } while (after);
  return ids;
}

async function gatherCharges(sql: Sql, stripeUrl: string, productId: string): Promise<Facts['charges']> {
  const answer = await fetch(`${stripeUrl}/_state`);
  const state = (await answer.json()) as { charges: { by_order: Record<string, number> } };
  const orders = await sql<{ id: string; keeps_money: boolean }[]>`
    select id, state in ('paid', 'refunded') as keeps_money from orders where product_id = ${productId}`;
  const charged = orders.map((order) => ({ ...order, count: state.charges.by_order[order.id] ?? 0 }));
  return {
    succeeded: charged.reduce((sum, order) => sum + order.count, 0),
    ordersChargedTwice: charged.filter((order) => order.count > 1).length,
    withoutPaidOrder: charged.filter((order) => order.count > 0 && !order.keeps_money).length,
  };
}
