import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listDeadLetters, recordDeadLetter, resendDeadLetter } from './dead-letters.ts';
import { markMailSent, takeOrderMail } from './mails.ts';
import { findPaymentEvent, markPaymentEventHandled, storePaymentEvent } from './payment-events.ts';
import { openSale, type Sale } from './sale.fixture.ts';

let sale: Sale;
beforeEach(async () => {
  sale = await openSale();
});
afterEach(() => sale.close());

test('a mail keeps its Message-ID over retries and is not sent again after it was sent', async () => {
  const { id: orderId } = await sale.place();
  const mail = { orderId, template: 'order_received' as const };
  expect(await takeOrderMail(sale.sql, { ...mail, messageId: '<1@shop>' })).toBe('<1@shop>');
  expect(await takeOrderMail(sale.sql, { ...mail, messageId: '<2@shop>' })).toBe('<1@shop>');
  await markMailSent(sale.sql, { kind: 'order', ...mail }, new Date());
  expect(await takeOrderMail(sale.sql, { ...mail, messageId: '<3@shop>' })).toBeUndefined();
  const other = { orderId, template: 'order_paid' as const, messageId: '<4@shop>' };
  expect(await takeOrderMail(sale.sql, other)).toBe('<4@shop>');
});

test('a payment event that is delivered several times is stored once with its job', async () => {
  const event = {
    id: 'evt_1',
    type: 'payment_intent.succeeded',
    payload: { id: 'evt_1', data: { amount: 1 } },
    receivedAt: new Date(0),
  };
  const stored = await Promise.all([1, 2, 3].map(() => storePaymentEvent(sale.sql, event)));
  expect(stored.filter(Boolean)).toHaveLength(1);
  expect(await sale.jobs()).toEqual(['payment.event']);
  expect(await findPaymentEvent(sale.sql, 'evt_1')).toMatchObject({
    payload: event.payload,
    handled_at: null,
  });
  await markPaymentEventHandled(sale.sql, { id: 'evt_1', now: new Date(5) });
  expect(await findPaymentEvent(sale.sql, 'evt_1')).toMatchObject({ handled_at: new Date(5) });
});

describe('a dead letter', () => {
  const failed = {
    queue: 'email' as const,
    name: 'email.send',
    job_id: 'outbox-7',
    payload: { order_id: 'x', template: 'order_paid' },
    error: 'connection refused',
    attempts: 9,
    failed_at: new Date(0),
  };

  test('is kept once per job and sent again once, as a new job', async () => {
    await recordDeadLetter(sale.sql, failed);
    await recordDeadLetter(sale.sql, { ...failed, error: 'greeting never came' });
    const [letter, ...others] = await listDeadLetters(sale.sql, { limit: 10 });
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ ...failed, error: 'greeting never came' });
    const again = await Promise.all(
      [1, 2].map(() => resendDeadLetter(sale.sql, { id: letter!.id, now: new Date(1) })),
    );
    expect(again.sort()).toEqual(['resent', 'resent_before']);
    expect(await sale.jobs()).toEqual(['email.send order_paid']);
    expect(await listDeadLetters(sale.sql, { resent: false, limit: 10 })).toEqual([]);
  });
});
