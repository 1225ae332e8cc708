import { expect, test } from 'vitest';
import { newBuyerLog } from './buyers.ts';
import { checkBuying, type Given } from './check.ts';
import type { Facts } from './facts.ts';

type World = { facts: Facts; given: Given };

/** A correct sale of two units: one paid, one freed after a declined card. */
function sale(): World {
  const none = { charges: 0, taken: 0, givenBack: 0 };
  const facts: Facts = {
    products: [{ id: 'sneaker', stock: 2, available: 1, held: 0, sold: 1 }],
    violations: [],
    orders: [
      {
        ...{
          id: 'o1',
          jti: 't1',
          state: 'paid',
          payment_state: 'succeeded',
          late_payment: null,
          total: 4_900,
        },
        money: { charges: 1, taken: 4_900, givenBack: 0 },
      },
      {
        ...{
          id: 'o2',
          jti: 't2',
          state: 'payment_failed',
          payment_state: 'declined',
          late_payment: null,
          total: 4_900,
        },
        money: none,
      },
    ],
    mails: [
      { order_id: 'o1', template: 'order_received', attempts: 1, received: 1 },
      { order_id: 'o1', template: 'order_paid', attempts: 1, received: 1 },
      { order_id: 'o2', template: 'order_received', attempts: 1, received: 1 },
      { order_id: 'o2', template: 'order_declined', attempts: 1, received: 1 },
    ],
    chargesWithoutOrder: [],
    deadLetters: [],
  };
  const buyers = [
    { ...newBuyerLog('t1', 'good'), accepted: ['o1'] },
    { ...newBuyerLog('t2', 'declined'), accepted: ['o2'] },
    { ...newBuyerLog('t3', 'good'), refused: ['sold_out'] },
  ];
  return { facts, given: { units: { sneaker: 2 }, buyers } };
}

const broken = ({ facts, given }: World) =>
  checkBuying(facts, given)
    .filter((verdict) => !verdict.kept)
    .map((verdict) => verdict.guarantee);

test('a correct sale passes every guarantee', () => {
  const { facts, given } = sale();
  expect(checkBuying(facts, given).map((verdict) => [verdict.guarantee, verdict.kept])).toEqual(
    Object.keys(sabotage).map((guarantee) => [guarantee, true]),
  );
});

/** For each guarantee, ways to violate it; the checker must notice each. */
const sabotage: Record<string, Array<(world: World) => void>> = {
  'Nothing is sold twice': [
    ({ facts }) => Object.assign(facts.products[0] as object, { stock: 3, available: 0, sold: 3 }),
    ({ facts }) => Object.assign(facts.products[0] as object, { available: -1, sold: 3 }),
    ({ facts }) => facts.products.pop(),
  ],
  'Stock is conserved': [
    ({ facts }) => Object.assign(facts.products[0] as object, { available: 0 }),
    ({ facts }) =>
      facts.violations.push({
        rule: 'units sold = units of paid orders',
        subject: 'sneaker',
        expected: 1,
        found: 2,
      }),
  ],
  'No unit is lost': [({ facts }) => Object.assign(facts.products[0] as object, { available: 0, held: 1 })],
  'One order per token': [({ facts }) => Object.assign(facts.orders[1] as object, { jti: 't1' })],
  'Every order has ended': [
    ({ facts }) => Object.assign(facts.orders[1] as object, { state: 'pending_payment' }),
  ],
  'One charge per order': [
    ({ facts }) =>
      Object.assign(facts.orders[0]?.money as object, { charges: 2, taken: 9_800, givenBack: 4_900 }),
  ],
  'No charge without an order': [({ facts }) => facts.chargesWithoutOrder.push('o9')],
  'Money is kept for paid orders, and for no other': [
    ({ facts }) => Object.assign(facts.orders[0]?.money as object, { charges: 0, taken: 0 }),
    ({ facts }) => Object.assign(facts.orders[0]?.money as object, { givenBack: 4_900 }),
    ({ facts }) => Object.assign(facts.orders[0]?.money as object, { taken: 4_800 }),
    ({ facts }) =>
      Object.assign(facts.orders[1] as object, { money: { charges: 1, taken: 4_900, givenBack: 0 } }),
  ],
  'No job failed for good': [
    ({ facts }) => facts.deadLetters.push({ name: 'email.send', error: 'the mail server is unavailable' }),
  ],
  'Every mail is delivered': [
    ({ facts }) => facts.mails.pop(),
    ({ facts }) => Object.assign(facts.mails[0] as object, { received: 0 }),
    ({ facts }) => Object.assign(facts.orders[1] as object, { payment_state: 'refunded' }),
    ({ facts }) => Object.assign(facts.orders[0] as object, { late_payment: 'bought' }),
  ],
  'One mail per cause': [
    ({ facts }) => Object.assign(facts.mails[1] as object, { received: 2 }),
    // A second attempt allows a second mail only where answers can be lost, and never a third.
    ({ facts }) => Object.assign(facts.mails[1] as object, { received: 2, attempts: 2 }),
    ({ facts, given }) => {
      Object.assign(facts.mails[1] as object, { received: 3, attempts: 2 });
      given.mailsMayRepeat = true;
    },
    ({ facts }) => facts.mails.push({ order_id: 'o2', template: 'order_paid', attempts: 1, received: 1 }),
  ],
  'No accepted order is lost': [
    ({ facts }) => facts.orders.pop(),
    ({ facts }) => Object.assign(facts.orders[0] as object, { jti: 't9' }),
  ],
  'Answers to buyers are true': [
    ({ given }) => given.buyers?.[0]?.accepted.push('o2'),
    ({ given }) => given.buyers?.[0]?.refused.push('sold_out'),
    ({ given }) => Object.assign(given.buyers?.[0] as object, { cancelled: true }),
    ({ given }) => Object.assign(given.buyers?.[0] as object, { card: 'declined' }),
  ],
  'Every buyer got an answer': [({ given }) => given.buyers?.[2]?.refused.pop()],
  'No order without a buyer': [({ given }) => (given.buyers as unknown[]).shift()],
};

test.each(
  Object.entries(sabotage).flatMap(([guarantee, ways]) =>
    ways.map((way, at) => ({ guarantee, way, nth: at + 1 })),
  ),
)('a violation of "$guarantee" is noticed, way $nth', ({ guarantee, way }) => {
  const world = sale();
  way(world);
  expect(broken(world)).toContain(guarantee);
});

test('a mail with two attempts may exist twice where answers can be lost', () => {
  const { facts, given } = sale();
  Object.assign(facts.mails[1] as object, { received: 2, attempts: 2 });
  expect(broken({ facts, given: { ...given, mailsMayRepeat: true } })).toEqual([]);
});

test('the evidence names violations, but not all of a thousand', () => {
  const { facts, given } = sale();
  facts.chargesWithoutOrder.push('a', 'b', 'c', 'd', 'e');
  const verdict = checkBuying(facts, given).find((one) => one.guarantee === 'No charge without an order');
  expect(verdict?.evidence).toBe('a; b; c and 2 more');
});
