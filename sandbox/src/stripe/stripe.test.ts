import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { manualClock } from '@shopfast/kit/clock';
import { listen } from '@shopfast/kit/http';
import { createLifecycle, type Lifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createStripeApp } from './app.ts';
import type { countState } from './state.ts';

const SECRET_KEY = 'sk_test_0123456789abcdef';
const WEBHOOK_SECRET = 'whsec_0123456789abcdef0123';
const log = createLog('stripe', 'silent');
const clock = manualClock(Date.now());

let lifecycle: Lifecycle;
let url: string;
let stripe: Stripe;
let receiver: Receiver;

beforeEach(async () => {
  lifecycle = createLifecycle(log);
  receiver = await openReceiver(lifecycle);
  const app = createStripeApp({
    secretKey: SECRET_KEY,
    webhookUrl: receiver.url,
    webhookSecret: WEBHOOK_SECRET,
    webhookEvents: [
      'payment_intent.succeeded',
      'payment_intent.payment_failed',
      'payment_intent.canceled',
      'charge.refunded',
    ],
    webhookRetryAfterMs: [20, 20],
    clock,
    log,
    lifecycle,
  });
  const { port } = await listen({ fetch: app.fetch as never, port: 0, host: '127.0.0.1', lifecycle });
  url = `http://127.0.0.1:${port}`;
  stripe = client();
});
afterEach(() => lifecycle.close());

function client(key = SECRET_KEY, timeout = 2_000): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(key, {
    host: hostname,
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    timeout,
    telemetry: false,
  });
}

type Received = { event: Stripe.Event; status: number };
type Receiver = { url: string; received: Received[]; answerWith: number[] };

/** A shop's webhook endpoint: refuses wrong signatures, otherwise answers with the next of `answerWith`, or 200. */
async function openReceiver(lifecycle: Lifecycle): Promise<Receiver> {
  const received: Received[] = [];
  const answerWith: number[] = [];
  const server: Server = createServer(async (request, response) => {
    const body = await text(request);
    const signature = request.headers['stripe-signature'] as string;
    const event = Stripe.webhooks.constructEvent(body, signature, WEBHOOK_SECRET, 300);
    const status = answerWith.shift() ?? 200;
    received.push({ event, status });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  lifecycle.onClose('receiver', () => new Promise((resolve) => server.close(resolve)));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`, received, answerWith };
}

const eventTypes = () => receiver.received.map(({ event }) => event.type);
const eventsToBe = (types: string[]) => vi.waitFor(() => expect(eventTypes()).toEqual(types), 5_000);

async function control(change: object): Promise<void> {
  const answer = await fetch(`${url}/_control`, { method: 'POST', body: JSON.stringify(change) });
  expect(answer.status).toBe(200);
}

async function state(): Promise<ReturnType<typeof countState>> {
  return (await fetch(`${url}/_state`)).json() as never;
}

const order = { amount: 1_999, currency: 'eur', metadata: { order_id: 'order-1' } };
const pay = (payment_method: string, options?: Stripe.RequestOptions) =>
  stripe.paymentIntents.create({ ...order, payment_method, confirm: true }, options);

/** The error of a call that must be refused. */
async function refusal(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  expect(outcome).not.toHaveProperty('value');
  return (outcome as { error: Stripe.errors.StripeError }).error;
}

describe('a payment', () => {
  test('succeeds with a good card, is charged once and can be read again', async () => {
    const intent = await pay('pm_card_visa');
    expect(intent).toMatchObject({
      status: 'succeeded',
      amount_received: 1_999,
      metadata: { order_id: 'order-1' },
    });
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      id: intent.id,
      status: 'succeeded',
    });
    expect((await state()).charges).toEqual({
      succeeded: 1,
      failed: 0,
      by_order: { 'order-1': 1 },
      amount_by_order: { 'order-1': 1_999 },
    });
    await eventsToBe(['payment_intent.succeeded']);
  });

  test('can be opened first, which moves no money, and confirmed later, once', async () => {
    const opened = await stripe.paymentIntents.create({
      ...order,
      payment_method: 'pm_card_visa',
      allowed_payment_method_types: ['card'],
    });
    expect(opened.status).toBe('requires_confirmation');
    expect((await state()).charges.succeeded).toBe(0);

    const confirmed = await stripe.paymentIntents.confirm(opened.id, {
      return_url: 'https://shop.test/back',
    });
    expect(confirmed.status).toBe('succeeded');
    const again = await refusal(stripe.paymentIntents.confirm(opened.id));
    expect(again).toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' });
    expect(again.payment_intent?.status).toBe('succeeded');
    expect((await state()).charges.succeeded).toBe(1);
  });

  test.each([
    ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
  ])('with %s is declined, and waits for another card', async (method, code, decline_code) => {
    const declined = await refusal(pay(method));
    expect(declined).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(declined).toMatchObject({ statusCode: 402, code, decline_code });
    const intent = await stripe.paymentIntents.retrieve(declined.payment_intent?.id ?? '');
    expect(intent).toMatchObject({ status: 'requires_payment_method', payment_method: null });
    expect(intent.last_payment_error).toMatchObject({ code, decline_code, charge: intent.latest_charge });
    await eventsToBe(['payment_intent.payment_failed']);

    const retried = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    expect(retried.status).toBe('succeeded');
    expect((await state()).charges).toEqual({
      succeeded: 1,
      failed: 1,
      by_order: { 'order-1': 1 },
      amount_by_order: { 'order-1': 1_999 },
    });
  });

  test('can be cancelled until it took money', async () => {
    const opened = await stripe.paymentIntents.create({ ...order, payment_method: 'pm_card_visa' });
    const cancelled = await stripe.paymentIntents.cancel(opened.id, { cancellation_reason: 'abandoned' });
    expect(cancelled).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
    expect(await refusal(stripe.paymentIntents.confirm(opened.id))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });

    const paid = await pay('pm_card_visa');
    expect(await refusal(stripe.paymentIntents.cancel(paid.id))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
    expect((await state()).intents).toEqual({ canceled: 1, succeeded: 1 });
    await eventsToBe(['payment_intent.canceled', 'payment_intent.succeeded']);
  });

  test('is refused when it is invalid', async () => {
    const open = (change: object) => refusal(stripe.paymentIntents.create({ ...order, ...change } as never));
    expect(await open({ amount: 0 })).toMatchObject({ statusCode: 400, param: 'amount' });
    expect(await open({ amount: undefined })).toMatchObject({ code: 'parameter_missing', param: 'amount' });
    expect(await open({ payment_method: 'pm_unknown' })).toMatchObject({
      statusCode: 400,
      code: 'resource_missing',
    });
    expect(await open({ no_such: 1 })).toMatchObject({ code: 'parameter_unknown', param: 'no_such' });
    expect(await refusal(stripe.paymentIntents.retrieve('pi_unknown'))).toMatchObject({ statusCode: 404 });
    expect(await refusal(client('sk_test_wrong').paymentIntents.retrieve('pi_1'))).toMatchObject({
      statusCode: 401,
    });
  });
});

describe('a payment that needs confirmation at the bank', () => {
  async function openAtBank() {
    const opened = await stripe.paymentIntents.create({
      ...order,
      payment_method: 'pm_card_threeDSecure2Required',
    });
    const intent = await stripe.paymentIntents.confirm(opened.id, {
      return_url: 'https://shop.test/order?id=1',
    });
    expect(intent.status).toBe('requires_action');
    return { intent, page: intent.next_action?.redirect_to_url?.url ?? '' };
  }

  const answerBank = (page: string, outcome: string) =>
    fetch(page, { method: 'POST', body: new URLSearchParams({ outcome }), redirect: 'manual' });

  test('takes the money when the shopper approves, and sends the shopper back', async () => {
    const { intent, page } = await openAtBank();
    expect(await (await fetch(page)).text()).toContain('€19.99');
    expect((await state()).charges.succeeded).toBe(0);

    const answer = await answerBank(page, 'approve');
    expect(answer.status).toBe(303);
    const back = new URL(answer.headers.get('location') ?? '');
    expect(back.href).toMatch(/^https:\/\/shop\.test\/order\?id=1&payment_intent=pi_/);
    expect(back.searchParams.get('redirect_status')).toBe('succeeded');
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
    await eventsToBe(['payment_intent.succeeded']);

    expect((await answerBank(page, 'approve')).status).toBe(404);
    expect((await state()).charges.succeeded).toBe(1);
  });

  test('takes no money when the shopper fails', async () => {
    const { intent, page } = await openAtBank();
    const back = new URL((await answerBank(page, 'fail')).headers.get('location') ?? '');
    expect(back.searchParams.get('redirect_status')).toBe('failed');
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
    await eventsToBe(['payment_intent.payment_failed']);
  });

  test('cannot be approved once it is cancelled', async () => {
    const { intent, page } = await openAtBank();
    await stripe.paymentIntents.cancel(intent.id);
    expect((await answerBank(page, 'approve')).status).toBe(404);
    expect((await state()).charges.succeeded).toBe(0);
  });

  test('is declined without a shopper to confirm it', async () => {
    const absent = { ...order, payment_method: 'pm_card_authenticationRequired', confirm: true };
    const declined = await refusal(stripe.paymentIntents.create({ ...absent, off_session: true }));
    expect(declined).toMatchObject({ statusCode: 402, code: 'authentication_required' });
  });
});

describe('a refund', () => {
  test('refunds the whole amount, once', async () => {
    const { id } = await pay('pm_card_visa');
    const refund = await stripe.refunds.create({ payment_intent: id });
    expect(refund).toMatchObject({ amount: 1_999, status: 'succeeded', payment_intent: id });
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ id: refund.id });
    const again = await refusal(stripe.refunds.create({ payment_intent: id }));
    expect(again).toMatchObject({ statusCode: 400, code: 'charge_already_refunded' });
    expect((await state()).refunds).toEqual({ count: 1, amount_by_order: { 'order-1': 1_999 } });
    await eventsToBe(['payment_intent.succeeded', 'charge.refunded']);
  });

  test('may be partial, but never more than the rest', async () => {
    const { id } = await pay('pm_card_visa');
    await stripe.refunds.create({ payment_intent: id, amount: 1_000 });
    expect(await refusal(stripe.refunds.create({ payment_intent: id, amount: 1_000 }))).toMatchObject({
      statusCode: 400,
    });
    expect((await stripe.refunds.create({ payment_intent: id })).amount).toBe(999);
  });

  test('needs a payment that took money', async () => {
    const { id } = await stripe.paymentIntents.create({ ...order, payment_method: 'pm_card_visa' });
    expect(await refusal(stripe.refunds.create({ payment_intent: id }))).toMatchObject({ statusCode: 400 });
    expect(await refusal(stripe.refunds.create({ payment_intent: 'pi_unknown' }))).toMatchObject({
      code: 'resource_missing',
    });
  });
});

describe('an idempotency key', () => {
  const key = { idempotencyKey: 'order_1' };

  test('gets the stored answer the second time, without a second effect', async () => {
    const first = await pay('pm_card_visa', key);
    const second = await pay('pm_card_visa', key);
    expect(second.id).toBe(first.id);
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(second.lastResponse.headers['original-request']).toBe(first.lastResponse.requestId);
    expect((await state()).charges.succeeded).toBe(1);
  });

  test('stores a decline too', async () => {
    const first = await refusal(pay('pm_card_chargeDeclined', key));
    const second = await refusal(pay('pm_card_chargeDeclined', key));
    expect(second.payment_intent?.id).toBe(first.payment_intent?.id);
    expect((await state()).charges.failed).toBe(1);
  });

  test('stores a 500, as Stripe does, until it expires after a day', async () => {
    await control({ error_rate: 1 });
    expect(await refusal(pay('pm_card_visa', key))).toBeInstanceOf(Stripe.errors.StripeAPIError);
    await control({ error_rate: 0 });
    const stored = await refusal(pay('pm_card_visa', key));
    expect(stored).toMatchObject({ statusCode: 500, headers: { 'idempotent-replayed': 'true' } });
    clock.advance(24 * 60 * 60 * 1_000 + 1);
    expect((await pay('pm_card_visa', key)).status).toBe('succeeded');
  });

  test('is refused with other parameters', async () => {
    await pay('pm_card_visa', key);
    const other = await refusal(stripe.paymentIntents.create({ ...order, amount: 1 }, key));
    expect(other).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  });

  test('is refused while its first use is running', async () => {
    await control({ held_payments: 'all' });
    const first = pay('pm_card_visa', key);
    await vi.waitFor(async () => expect((await state()).calls_under_way).toBe(1), 15_000);
    expect(await refusal(pay('pm_card_visa', key))).toMatchObject({
      statusCode: 409,
      code: 'idempotency_key_in_use',
    });
    await control({ held_payments: [] });
    expect((await first).status).toBe('succeeded');
    expect((await state()).charges.succeeded).toBe(1);
  });

  test('stays free when the request was not executed', async () => {
    await refusal(stripe.paymentIntents.create({ ...order, amount: 0 }, key));
    expect((await pay('pm_card_visa', key)).status).toBe('succeeded');
  });
});

describe('a webhook', () => {
  test('is signed exactly as the official library signs', async () => {
    await pay('pm_card_visa');
    // The receiver checks each signature with the official library; this compares the two headers.
    await eventsToBe(['payment_intent.succeeded']);
    const { signatureHeader } = await import('./webhooks/sign.ts');
    const options = { payload: '{"a":"ü"}', secret: WEBHOOK_SECRET, timestamp: 1_700_000_000 };
    const official = Stripe.webhooks.generateTestHeaderString(options);
    expect(signatureHeader(options.payload, options.secret, options.timestamp)).toBe(official);
  });

  test('is sent again until it is accepted, as the same event', async () => {
    receiver.answerWith.push(500, 503);
    await pay('pm_card_visa');
    await vi.waitFor(
      () => expect(receiver.received.map(({ status }) => status)).toEqual([500, 503, 200]),
      5_000,
    );
    expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(1);
    expect((await state()).webhooks).toEqual({
      events: 1,
      attempts: 3,
      delivered: 1,
      pending: 0,
      given_up: 0,
    });
  });

  test('is abandoned in the end', async () => {
    receiver.answerWith.push(500, 500, 500);
    await pay('pm_card_visa');
    await vi.waitFor(async () => expect((await state()).webhooks.given_up).toBe(1), 5_000);
  });

  test('is sent twice on request', async () => {
    await control({ duplicate_webhooks: true });
    await pay('pm_card_visa');
    await eventsToBe(['payment_intent.succeeded', 'payment_intent.succeeded']);
    expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(1);
  });

  test('has the state of its time, for any delay', async () => {
    await control({ webhook_delay_ms: 200 });
    const declined = await refusal(pay('pm_card_chargeDeclined'));
    await stripe.paymentIntents.confirm(declined.payment_intent?.id ?? '', {
      payment_method: 'pm_card_visa',
    });
    expect(receiver.received).toEqual([]);
    await eventsToBe(['payment_intent.payment_failed', 'payment_intent.succeeded']);
    expect(receiver.received[0]?.event.data.object).toMatchObject({ status: 'requires_payment_method' });
  });

  test('is not sent until an address is known', async () => {
    await control({ webhook_url: null });
    await pay('pm_card_visa');
    await control({ webhook_url: receiver.url });
    await pay('pm_card_mastercard');
    await eventsToBe(['payment_intent.succeeded']);
  });
});

describe('faults on request', () => {
  test('latency', async () => {
    await control({ latency_ms: 250 });
    const began = performance.now();
    await pay('pm_card_visa');
    expect(performance.now() - began).toBeGreaterThanOrEqual(249);
  });

  test('payments with a chosen method wait until they are released', async () => {
    await control({ held_payments: ['pm_card_visa'] });
    const held = pay('pm_card_visa');
    await vi.waitFor(async () => expect((await state()).calls_under_way).toBe(1), 15_000);
    expect((await pay('pm_card_mastercard')).status).toBe('succeeded');
    expect((await state()).charges.succeeded).toBe(1);
    await fetch(`${url}/_control`, { method: 'DELETE' });
    expect((await held).status).toBe('succeeded');
  });

  test('errors without any effect', async () => {
    await control({ error_rate: 1 });
    expect(await refusal(pay('pm_card_visa'))).toMatchObject({ statusCode: 500 });
    expect((await state()).charges.succeeded).toBe(0);
  });

  test('a hanging call is executed late, without a client', async () => {
    await control({ timeout_rate: 1, hang_ms: 500 });
    const slow = client(SECRET_KEY, 100).paymentIntents.create({
      ...order,
      payment_method: 'pm_card_visa',
      confirm: true,
    });
    expect(await refusal(slow)).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect((await state()).charges.succeeded).toBe(0);
    await vi.waitFor(async () => expect((await state()).charges.succeeded).toBe(1), 5_000);
  });

  test('a lost answer: the money is taken, the connection is cut', async () => {
    await control({ drop_answer_rate: 1 });
    expect(await refusal(pay('pm_card_visa', { idempotencyKey: 'order_1' }))).toBeInstanceOf(
      Stripe.errors.StripeConnectionError,
    );
    expect((await state()).charges.succeeded).toBe(1);
    await control({ drop_answer_rate: 0 });
    expect((await pay('pm_card_visa', { idempotencyKey: 'order_1' })).status).toBe('succeeded');
    expect((await state()).charges.succeeded).toBe(1);
  });

  test('are shown, checked and cleared', async () => {
    await control({ latency_ms: 5 });
    expect(await (await fetch(`${url}/_control`)).json()).toMatchObject({
      latency_ms: 5,
      webhook_url: receiver.url,
    });
    const wrong = await fetch(`${url}/_control`, { method: 'POST', body: '{"error_rate":2}' });
    expect(wrong.status).toBe(400);
    await fetch(`${url}/_control`, { method: 'DELETE' });
    expect(await (await fetch(`${url}/_control`)).json()).toMatchObject({
      latency_ms: 0,
      webhook_url: receiver.url,
    });
  });
});

describe('a card from the form', () => {
  const make = (number: string, key = 'pk_test_sandbox') =>
    fetch(`${url}/v1/payment_methods`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ type: 'card', 'card[number]': number, 'card[exp_month]': '12', 'card[exp_year]': '2099' },
        ...{ 'card[cvc]': '123', key },
      }),
    });
  const pay = async (number: string) => {
    const { id } = (await (await make(number)).json()) as { id: string };
    expect(id).toMatch(/^pm_/);
    return stripe.paymentIntents.create({ amount: 500, currency: 'eur', payment_method: id, confirm: true });
  };

  test('becomes a payment method with the behaviour of Stripe’s test number', async () => {
    expect(await pay('4242424242424242')).toMatchObject({ status: 'succeeded' });
    expect(await pay('4000002500003155')).toMatchObject({ status: 'requires_action' });
    await expect(pay('4000000000000002')).rejects.toMatchObject({ code: 'card_declined' });
  });

  test('is refused if it is no test card, or if the key is not publishable', async () => {
    expect((await make('4111111111111111')).status).toBe(402);
    expect((await make('4242424242424242', SECRET_KEY)).status).toBe(401);
  });
});

test('a checker sees an order that was charged twice', async () => {
  await pay('pm_card_visa');
  await pay('pm_card_visa');
  expect((await state()).charged_more_than_once).toEqual(['order-1']);
});
