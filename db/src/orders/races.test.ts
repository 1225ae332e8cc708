import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findViolations } from '../conservation.ts';
import { HOLD_SECONDS, openSale, type Sale } from '../sale.fixture.ts';
import { cancelOrder } from './cancel.ts';
import { expireHold } from './expire-hold.ts';
import { markDeclined } from './mark-declined.ts';
import { markPaid } from './mark-paid.ts';
import { markRefunded } from './mark-refunded.ts';
import { overdueHolds } from './overdue.ts';
import { paymentUnknown, postponePayment, requireAction, startPayment } from './payment-attempt.ts';
import { requestRefund } from './request-refund.ts';

describe('an order', () => {
  let sale: Sale;
  beforeEach(async () => {
    sale = await openSale();
  });
  afterEach(() => sale.close());

  const now = () => new Date(sale.clock.now());
  const pay = (orderId: string) => markPaid(sale.sql, { orderId, providerId: 'pi_1', now: now() });
  const decline = (orderId: string) =>
    markDeclined(sale.sql, { orderId, providerId: 'pi_1', reason: 'card_declined', now: now() });
  const expire = (orderId: string) => expireHold(sale.sql, { orderId, now: now() });
  const cancel = (orderId: string) => cancelOrder(sale.sql, { orderId, now: now() });
  const start = (orderId: string) => startPayment(sale.sql, { orderId, provider: 'stripe', now: now() });
  const holdIsOver = () => sale.clock.advance(HOLD_SECONDS * 1000);
  const violations = () => findViolations(sale.sql);

  test('that is refunded at the moment it is paid returns exactly the sold units', async () => {
    for (let round = 0; round < 30; round += 1) {
      const { id } = await sale.place();
      await Promise.all([pay(id), markRefunded(sale.sql, { orderId: id, now: now() })]);
      await markRefunded(sale.sql, { orderId: id, now: now() });
      expect(await violations()).toEqual([]);
      expect(await sale.units()).toMatchObject({ held: 0, sold: 0 });
    }
  });

  test('that is paid sells its unit once, even when the payment is reported several times', async () => {
    const { id } = await sale.place();
    expect(await Promise.all([pay(id), pay(id), pay(id)]).then((all) => all.sort())).toEqual([
      'already_paid',
      'already_paid',
      'paid',
    ]);
    expect(await sale.units()).toEqual({ available: 49, held: 0, sold: 1 });
    expect((await sale.jobs(id)).filter((job) => job === 'email.send order_paid')).toHaveLength(1);
    expect(await violations()).toEqual([]);
  });

  test('that is declined releases its unit and its count once', async () => {
    const { id, email } = await sale.place();
    const outcomes = await Promise.all([decline(id), decline(id), decline(id)]);
    expect(outcomes.sort()).toEqual(['already_ended', 'already_ended', 'declined']);
    expect(await sale.states(id)).toEqual({ order: 'payment_failed', payment: 'declined' });
    expect(await sale.units()).toEqual({ available: 50, held: 0, sold: 0 });
    await sale.place({ email });
    expect(await violations()).toEqual([]);
  });

  test('expires when its hold ends, not before', async () => {
    const { id } = await sale.place();
    expect(await expire(id)).toBe('not_yet');
    expect(await overdueHolds(sale.sql, { since: now(), limit: 10 })).toEqual([]);
    holdIsOver();
    sale.clock.advance(1);
    expect(await overdueHolds(sale.sql, { since: now(), limit: 10 })).toEqual([id]);
    expect(await expire(id)).toBe('expired');
    expect(await expire(id)).toBe('already_ended');
    expect(await sale.states(id)).toEqual({ order: 'expired', payment: 'cancelled' });
    expect(await sale.jobs(id)).toContain('email.send order_expired');
    expect(await violations()).toEqual([]);
  });

  test('does not expire while a charge is in flight or its answer unknown', async () => {
    const { id } = await sale.place();
    holdIsOver();
    await start(id);
    expect(await expire(id)).toBe('payment_in_flight');
    await paymentUnknown(sale.sql, { orderId: id, error: 'timed out', now: now() });
    expect(await expire(id)).toBe('payment_in_flight');
    expect(await pay(id)).toBe('paid');
    expect(await sale.units()).toEqual({ available: 49, held: 0, sold: 1 });
  });

  test('may expire after an unsent charge was postponed, but not while an earlier result is unknown', async () => {
    const [first, second] = [await sale.place(), await sale.place()];
    holdIsOver();
    await start(first.id);
    await postponePayment(sale.sql, { orderId: first.id, now: now() });
    expect(await expire(first.id)).toBe('expired');
    await start(second.id);
    await paymentUnknown(sale.sql, { orderId: second.id, error: 'timed out', now: now() });
    await start(second.id);
    await postponePayment(sale.sql, { orderId: second.id, now: now() });
    expect(await expire(second.id)).toBe('payment_in_flight');
  });

  test('is not charged once it has ended', async () => {
    const { id } = await sale.place();
    await cancel(id);
    expect(await start(id)).toEqual({
      outcome: 'nothing_to_do',
      orderState: 'cancelled',
      paymentState: 'cancelled',
    });
  });

  test('is charged again with the same idempotency key after its worker died', async () => {
    const { id } = await sale.place();
    await start(id);
    expect(await start(id)).toMatchObject({ outcome: 'charge', charge: { order_id: id, attempts: 2 } });
  });

  test('shows the 3-D Secure step while it waits for it, and may expire meanwhile', async () => {
    const { id } = await sale.place();
    await start(id);
    const step = { orderId: id, providerId: 'pi_1', actionUrl: 'https://bank.example/step', now: now() };
    expect(await requireAction(sale.sql, step)).toBe(true);
    holdIsOver();
    expect(await expire(id)).toBe('expired');
    expect(await requireAction(sale.sql, step)).toBe(false);
  });

  test('that was cancelled or declined gets late money refunded once, and its unit stays with the next shopper', async () => {
    const ended = [await sale.place(), await sale.place()] as const;
    await start(ended[0].id);
    await cancel(ended[0].id);
    await decline(ended[1].id);
    for (const { id } of ended) {
      expect((await Promise.all([pay(id), pay(id)])).sort()).toEqual(['refund_already_due', 'refund_due']);
      expect((await sale.jobs(id)).filter((job) => job === 'payment.refund')).toHaveLength(1);
      const refund = () => markRefunded(sale.sql, { orderId: id, now: now() });
      expect((await Promise.all([refund(), refund()])).sort()).toEqual(['already_refunded', 'refunded']);
      expect((await sale.jobs(id)).filter((job) => job === 'email.send order_refunded')).toHaveLength(1);
    }
    expect(await sale.units()).toEqual({ available: 50, held: 0, sold: 0 });
    expect(await violations()).toEqual([]);
  });

  test('that was paid and is refunded returns its unit', async () => {
    const { id } = await sale.place();
    await pay(id);
    expect(await markRefunded(sale.sql, { orderId: id, now: now() })).toBe('refunded');
    expect(await sale.states(id)).toEqual({ order: 'refunded', payment: 'refunded' });
    expect(await sale.units()).toEqual({ available: 50, held: 0, sold: 0 });
    expect(await violations()).toEqual([]);
  });

  test('whose refund is asked for, however often, is refunded by one job, and stays paid until the money has gone', async () => {
    const { id } = await sale.place();
    const ask = () => requestRefund(sale.sql, { orderId: id, reason: 'asked for', now: now() });
    expect(await ask()).toBe('not_refundable');
    await pay(id);
    expect((await Promise.all([ask(), ask(), ask()])).sort()).toEqual([
      'already_requested',
      'already_requested',
      'requested',
    ]);
    expect((await sale.jobs(id)).filter((job) => job === 'payment.refund')).toHaveLength(1);
    expect(await sale.states(id)).toEqual({ order: 'paid', payment: 'refund_pending' });
    expect(await sale.units()).toEqual({ available: 49, held: 0, sold: 1 });
    expect(await pay(id)).toBe('already_paid');
    expect(await violations()).toEqual([]);
    expect(await markRefunded(sale.sql, { orderId: id, now: now() })).toBe('refunded');
    expect(await ask()).toBe('already_requested');
    expect(await sale.units()).toEqual({ available: 50, held: 0, sold: 0 });
    expect(await violations()).toEqual([]);
  });

  test('that does not exist is reported as such', async () => {
    const id = randomUUID();
    expect(await pay(id)).toBe('unknown_order');
    expect(await expire(id)).toBe('unknown_order');
    expect(await cancel(id)).toBe('unknown_order');
    expect(await start(id)).toEqual({ outcome: 'unknown_order' });
  });

  test('has only one outcome when payment, decline, expiry and cancel race', async () => {
    const orders = await Promise.all(Array.from({ length: 40 }, () => sale.place()));
    holdIsOver();
    const wins = await Promise.all(
      orders.map(async ({ id }, n) => {
        const steps = [() => pay(id), () => expire(id), () => cancel(id), () => decline(id), () => start(id)];
        const order = steps.slice(n % 5).concat(steps.slice(0, n % 5));
        const outcomes = (await Promise.all(order.map((step) => step()))).flat();
        return outcomes.filter((outcome) =>
          ['paid', 'paid_late', 'expired', 'cancelled', 'declined'].includes(String(outcome)),
        );
      }),
    );
    // One transition wins, except that late money may buy after the expiry if units are still available.
    for (const won of wins)
      expect(won.includes('paid_late') ? won.sort() : [won.length]).toEqual(
        won.includes('paid_late') ? ['expired', 'paid_late'] : [1],
      );
    expect(await violations()).toEqual([]);
    const { available, held, sold } = await sale.units();
    expect({ sum: available + sold, held }).toEqual({ sum: 50, held: 0 });
    const paid = ['paid', 'paid_late'];
    expect(sold).toBe(wins.flat().filter((outcome) => paid.includes(String(outcome))).length);
  });

  test('never expires while a charge starts at the same moment', async () => {
    const orders = await Promise.all(Array.from({ length: 40 }, () => sale.place()));
    holdIsOver();
    await Promise.all(
      orders.map(async ({ id }, n) => {
        const race = n % 2 ? [start(id), expire(id)] : [expire(id), start(id)];
        const outcomes = await Promise.all(race);
        const [started, expired] = n % 2 ? outcomes : outcomes.reverse();
        const charged = (started as { outcome: string }).outcome === 'charge';
        expect([charged, expired]).toEqual(charged ? [true, 'payment_in_flight'] : [false, 'expired']);
      }),
    );
  });
});
