import type { BuyerLog } from './buyers.ts';
import { expectedMails } from './expected-mails.ts';
import type { Facts, MailFacts, OrderFacts } from './facts.ts';

export type Verdict = { guarantee: string; kept: boolean; evidence: string };

export type Given = {
  /** Units of the sale, by product. */
  units: Record<string, number>;
  /** The answers that buyers got; without them their side is not checked. */
  buyers?: readonly BuyerLog[];
  /** An answer of the mail server, or a worker, may have been lost: a mail with two attempts may exist twice. */
  mailsMayRepeat?: boolean;
};

/** Checks the facts of a finished sale against every guarantee of buying. */
export function checkBuying(facts: Facts, given: Given): Verdict[] {
  return [
    ...checkStock(facts, given),
    ...checkMoney(facts),
    ...checkMails(facts, given),
    ...checkBuyers(facts, given),
  ];
}

export function checkStock({ products, violations, orders }: Facts, { units }: Given): Verdict[] {
  const soldTwice = Object.entries(units).flatMap(([id, offered]) => {
    const product = products.find((one) => one.id === id);
    if (!product) return [`${id} is gone`];
    const over = product.sold + product.held - offered;
    return over > 0 || product.stock !== offered
      ? [`${id}: ${product.sold + product.held} of ${offered}`]
      : [];
  });
  const leaking = products.filter(
    ({ stock, available, held, sold }) =>
      available + held + sold !== stock || Math.min(available, held, sold) < 0,
  );
  const sums = products.map(
    ({ stock, available, held, sold }) => `${stock} = ${available} available + ${held} held + ${sold} sold`,
  );
  const stillHeld = products.filter((product) => product.held !== 0);
  const tokens = new Map<string, number>();
  for (const { jti } of orders) tokens.set(jti, (tokens.get(jti) ?? 0) + 1);
  const spentTwice = [...tokens].filter(([, count]) => count > 1).map(([jti]) => jti);
  return [
    verdict(
      'Nothing is sold twice',
      soldTwice,
      `${total(products, 'sold')} sold of ${sum(Object.values(units))}`,
    ),
    verdict(
      'Stock is conserved',
      [
        ...leaking.map((product) => product.id),
        ...violations.map((v) => `${v.rule}: ${v.subject} ${v.found}, not ${v.expected}`),
      ],
      `${sums.join('; ')}; ${violations.length} violations`,
    ),
    verdict(
      'No unit is lost',
      stillHeld.map((product) => `${product.held} of ${product.id} still held`),
      'nothing is held at the end',
    ),
    verdict('One order per token', spentTwice, `${orders.length} orders, ${tokens.size} tokens`),
  ];
}

export function checkMoney({ orders, chargesWithoutOrder, deadLetters }: Facts): Verdict[] {
  const unfinished = orders.filter((order) => order.state === 'pending_payment');
  const chargedTwice = orders.filter((order) => order.money.charges > 1);
  const wrong = orders.filter((order) => kept(order) !== (order.state === 'paid' ? order.total : 0));
  const paid = orders.filter((order) => order.state === 'paid').length;
  const failed = orders.filter((order) => order.state === 'payment_failed').length;
  return [
    verdict(
      'Every order has ended',
      unfinished.map((order) => `${order.id} (${order.payment_state})`),
      `${paid} paid, ${failed} declined, ${orders.length - paid - failed} otherwise`,
    ),
    verdict(
      'One charge per order',
      chargedTwice.map((order) => `${order.id}: ${order.money.charges}`),
      `${sum(orders.map((order) => order.money.charges))} charges for ${orders.length} orders`,
    ),
    verdict('No charge without an order', chargesWithoutOrder, 'each has an order of ours'),
    verdict(
      'Money is kept for paid orders, and for no other',
      wrong.map((order) => `${order.id} is ${order.state}, ${kept(order)} of ${order.total} kept`),
      `${sum(orders.map(kept))} kept for ${paid} paid orders`,
    ),
    verdict(
      'No job failed for good',
      deadLetters.map(({ name, error }) => `${name}: ${error}`),
      'no dead letter',
    ),
  ];
}

export function checkMails({ orders, mails }: Facts, { mailsMayRepeat = false }: Given): Verdict[] {
  const key = (orderId: string, template: string) => `${template} of ${orderId}`;
  const expected = new Set(
    orders.flatMap((order) => expectedMails(order).map((cause) => key(order.id, cause))),
  );
  const received = mails.filter((mail) => mail.received > 0);
  const there = new Set(received.map((mail) => key(mail.order_id, mail.template)));
  const tooOften = ({ received: times, attempts }: MailFacts) =>
    times > 1 && !(mailsMayRepeat && times <= attempts);
  return [
    verdict(
      'Every mail is delivered',
      [...expected].filter((cause) => !there.has(cause)).map((cause) => `missing: ${cause}`),
      `${there.size} of ${expected.size}`,
    ),
    verdict(
      'One mail per cause',
      [
        ...mails
          .filter(tooOften)
          .map((mail) => `${mail.received} times: ${key(mail.order_id, mail.template)}`),
        ...[...there].filter((cause) => !expected.has(cause)).map((cause) => `without a cause: ${cause}`),
      ],
      `${received.filter((mail) => mail.received > 1).length} repeated after a lost answer`,
    ),
  ];
}

export function checkBuyers({ orders }: Facts, { buyers }: Given): Verdict[] {
  if (!buyers) return [];
  const byId = new Map(orders.map((order) => [order.id, order]));
  const byToken = new Map(orders.map((order) => [order.jti, order]));
  const lost = buyers.flatMap(({ jti, accepted }) =>
    [...new Set(accepted)].flatMap((id) =>
      byId.get(id)?.jti === jti ? [] : [`order ${id} of token ${jti}`],
    ),
  );
  const contradicted = buyers.flatMap((buyer) => contradictions(buyer, byToken.get(buyer.jti)));
  const unanswered = buyers.filter(({ accepted, refused }) => accepted.length + refused.length === 0);
  const known = new Set(buyers.map((buyer) => buyer.jti));
  const fromNowhere = orders.filter((order) => !known.has(order.jti));
  return [
    verdict(
      'No accepted order is lost',
      lost,
      `${buyers.filter((buyer) => buyer.accepted.length > 0).length} accepted, all in the database`,
    ),
    verdict('Answers to buyers are true', contradicted, `${buyers.length} buyers`),
    verdict(
      'Every buyer got an answer',
      unanswered.map((buyer) => `token ${buyer.jti}, ${buyer.unknown} times none`),
      `${sum(buyers.map((buyer) => buyer.unknown))} requests without one were repeated`,
    ),
    verdict(
      'No order without a buyer',
      fromNowhere.map((order) => order.id),
      `${orders.length} orders`,
    ),
  ];
}

/** Answers of one buyer that contradict each other or the database. */
function contradictions(buyer: BuyerLog, order: OrderFacts | undefined): string[] {
  const { jti, accepted, refused, card, cancelled } = buyer;
  const faults: string[] = [];
  const say = (fault: string) => faults.push(`token ${jti}: ${fault}`);
  if (new Set(accepted).size > 1) say(`got answers for ${new Set(accepted).size} orders`);
  if (refused.length > 0 && order) say(`refused (${refused[0]}), but order ${order.id} exists`);
  if (cancelled && order?.state !== 'cancelled') say(`cancelled, but it is ${order?.state ?? 'gone'}`);
  if (card !== 'good' && (order?.state === 'paid' || order?.state === 'refunded'))
    say(`paid with a card that was ${card}`);
  return faults;
}

/** The part of an order's money that the shop keeps, minor units. */
const kept = ({ money }: OrderFacts) => money.taken - money.givenBack;

const SHOWN = 3;

function verdict(guarantee: string, faults: string[], evidence: string): Verdict {
  if (faults.length === 0) return { guarantee, kept: true, evidence };
  const more = faults.length > SHOWN ? ` and ${faults.length - SHOWN} more` : '';
  return { guarantee, kept: false, evidence: `${faults.slice(0, SHOWN).join('; ')}${more}` };
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const total = (products: Facts['products'], of: 'sold' | 'held') =>
  sum(products.map((product) => product[of]));
