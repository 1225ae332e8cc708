import type { PaymentState } from '@shopfast/db/schema/orders';
import { expectedMails } from '@shopfast/sandbox/checker/expected-mails';
import { expect } from 'vitest';
import { type Model, unitsOf } from './model.ts';
import { PRODUCTS, type ProductId, type World } from './world.ts';

const ENDED: PaymentState[] = ['succeeded', 'declined', 'cancelled', 'refunded'];

/** What must hold after every single step. */
export async function expectGuarantees(model: Model, world: World): Promise<void> {
  const [violations, seen, money] = await Promise.all([world.violations(), world.see(), world.money()]);
  expect(violations).toEqual([]);

  const states = Object.fromEntries([...seen].map(([id, { state }]) => [id, state]));
  expect(states).toEqual(Object.fromEntries(model.orders.map(({ id, state }) => [id, state])));
  const tokens = model.orders.map(({ token }) => token);
  expect(new Set(tokens).size, 'a token buys once').toBe(tokens.length);

  const customers = new Set(model.orders.map(({ customer }) => customer));
  for (const [productId, { units, perCustomerLimit }] of Object.entries(PRODUCTS)) {
    const of = (customer?: string) =>
      unitsOf(model, productId as ProductId, ['pending_payment', 'paid'], customer);
    expect(of(), `${productId}: never oversold`).toBeLessThanOrEqual(units);
    for (const customer of customers)
      expect(of(customer), `${productId}: limit of ${customer}`).toBeLessThanOrEqual(perCustomerLimit);
  }

  expect(money.charged_more_than_once).toEqual([]);
  for (const [id, taken] of Object.entries(money.charges.amount_by_order)) {
    expect(taken, `what is charged is what order ${id} costs`).toBe(seen.get(id)?.total);
    expect(money.refunds.amount_by_order[id] ?? 0, `refunds of ${id}`).toBeLessThanOrEqual(taken);
  }
  for (const [id, { state }] of seen)
    if (state === 'paid') expect(money.charges.by_order[id], `order ${id} is paid`).toBe(1);
}

/** What must hold when nothing is running any more. */
export async function expectGoodEnd(model: Model, world: World): Promise<void> {
  await expectGuarantees(model, world);
  const [seen, money] = await Promise.all([world.see(), world.money()]);
  const mails: string[] = [];
  for (const [id, { state, late, pay }] of seen) {
    expect(state, `order ${id}`).not.toBe('pending_payment');
    expect(ENDED, `payment of ${id}`).toContain(pay);
    const taken = money.charges.amount_by_order[id] ?? 0;
    const kept = taken - (money.refunds.amount_by_order[id] ?? 0);
    expect(kept, `money of order ${id}, which is ${state}`).toBe(state === 'paid' ? taken : 0);
    if (state === 'paid') expect(taken).toBeGreaterThan(0);
    mails.push(
      ...expectedMails({ state, payment_state: pay, late_payment: late }).map(
        (template) => `${template} ${id}`,
      ),
    );
  }
  const sent = await world.mails();
  expect(sent, 'a mail for each cause, once').toEqual(mails.sort());
}
