import { findPaymentEvent } from '@shopfast/db/payment-events';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openShop, refusal, type Shop, WEBHOOK_SECRET } from '../shop.fixture.ts';

describe('the webhook', () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop();
  });
  afterEach(() => shop.close());

  const event = {
    id: 'evt_1',
    object: 'event',
    type: 'payment_intent.succeeded',
    data: { object: { id: 'pi_1' } },
  };
  const payload = JSON.stringify(event);
  const sign = (secret = WEBHOOK_SECRET, ageSeconds = 0) =>
    Stripe.webhooks.generateTestHeaderString({
      payload,
      secret,
      timestamp: Math.floor(shop.clock.now() / 1000) - ageSeconds,
    });
  const deliver = (signature: string | undefined, body = payload) =>
    shop.app.request('/v1/payments/webhook', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(signature ? { 'stripe-signature': signature } : {}),
      },
      body,
    });

  test('stores a signed event once, with one job, however often it is delivered', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => deliver(sign())));
    expect(answers.map((answer) => answer.status)).toEqual(Array(5).fill(200));
    expect(await shop.jobs()).toEqual(['payment.event']);
    expect(await findPaymentEvent(shop.sql, 'evt_1')).toMatchObject({ type: event.type, payload: event });
  });

  test('stores an event with unstorable characters replaced, so that it is not sent again for days', async () => {
    const odd = { ...event, id: 'evt_2', data: { object: { id: 'pi_1', note: 'a\u0000b', name: '\ud83d' } } };
    const body = JSON.stringify(odd);
    const signature = Stripe.webhooks.generateTestHeaderString({
      ...{ payload: body, secret: WEBHOOK_SECRET },
      timestamp: Math.floor(shop.clock.now() / 1000),
    });
    expect((await deliver(signature, body)).status).toBe(200);
    expect((await findPaymentEvent(shop.sql, 'evt_2'))?.payload).toMatchObject({
      data: { object: { id: 'pi_1', note: 'a\ufffdb', name: '\ufffd' } },
    });
  });

  test('accepts nothing that is unsigned, signed with another secret, changed, or old', async () => {
    const untrusted = [
      deliver(undefined),
      deliver('t=1,v1=00'),
      deliver(sign('whsec_of-somebody-else')),
      deliver(sign(), payload.replace('pi_1', 'pi_2')),
      deliver(sign(WEBHOOK_SECRET, 301)),
      deliver(sign(), ''),
    ];
    for (const answer of untrusted) expect(await refusal(answer)).toBe('400 signature_invalid');
    expect(await shop.count('payment_events')).toBe(0);
    expect(await shop.jobs()).toEqual([]);
  });

  const signBody = (body: string) =>
    Stripe.webhooks.generateTestHeaderString({
      ...{ payload: body, secret: WEBHOOK_SECRET, timestamp: Math.floor(shop.clock.now() / 1000) },
    });

  test.each([
    'null',
    '[]',
    '{}',
    '1',
    '"evt_1"',
    '{"id":1,"type":"x"}',
    '{"id":"evt_1"}',
    '{"id":"","type":"x"}',
    '{"id":"evt\\u0000","type":"x"}',
    '{"id":"evt_1","type":"\\ud83d"}',
    `{"id":"${'e'.repeat(5_000)}","type":"x"}`,
    `{"id":"evt_1","type":"x","data":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
  ])('refuses a signed body that is no event: %.40s', async (body) => {
    expect(await refusal(deliver(signBody(body), body))).toBe('400 malformed_request');
    expect(await shop.count('payment_events')).toBe(0);
  });

  test('stores text that Postgres cannot keep with the replacement character in its place', async () => {
    const body = '{"id":"evt_2","type":"x","data":{"a\\u0000b":"\\ud83d","ok":"\\ud83d\\ude00 \\\\u0000"}}';
    expect((await deliver(signBody(body), body)).status).toBe(200);
    expect(await findPaymentEvent(shop.sql, 'evt_2')).toMatchObject({
      payload: { data: { 'a\ufffdb': '\ufffd', ok: '😀 \\u0000' } },
    });
  });

  test('does not read more than it needs', async () => {
    expect(await refusal(deliver(sign(), 'x'.repeat(300_000)))).toBe('413 body_too_large');
  });
});
