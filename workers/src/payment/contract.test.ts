import { randomUUID } from 'node:crypto';
import { systemClock } from '@shopfast/kit/clock';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { createFakePaymentProviderApp } from '@shopfast/sandbox/fake-payment-provider/app';
import { createStripeApp } from '@shopfast/sandbox/stripe/app';
import { eventDocument } from '@shopfast/sandbox/stripe/webhooks/deliver';
import { beforeEach, describe, expect, test } from 'vitest';
import type { StripeState } from '../testing/shop.ts';
import { httpProvider } from './http-provider.ts';
import type { PaymentProvider } from './provider.ts';
import { createResiliencePolicy, ProviderUnavailable, type ResiliencePolicy } from './resilience-policy.ts';
import { stripeProvider } from './stripe.ts';

type Fate = 'answered' | 'lost' | 'unsent' | 'failing' | 'hanging';
type Money = { taken: number; givenBack: number };
type Side = {
  provider: PaymentProvider;
  policy: ResiliencePolicy;
  /** The fates of the next calls. */
  next: (...fates: Fate[]) => void;
  money: (orderId: string) => Promise<Money>;
  atBank: (url: string, outcome: 'approve' | 'fail') => Promise<void>;
  events: unknown[];
};
type FakeProviderState = { taken: Record<string, number>; given_back: Record<string, number> };
type Server = { fetch: (request: Request) => Response | Promise<Response> };

const TIMEOUT_MS = 100;
const bank = 'http://bank.test';

/** Calls to a server in this process, with the fate that the test chooses. */
function between(server: Server) {
  const fates: Fate[] = [];
  const send: typeof fetch = async (input, init) => {
    const fate = fates.shift() ?? 'answered';
    if (fate === 'unsent') throw new TypeError('the connection could not be made');
    if (fate === 'failing')
      return Response.json({ error: { type: 'api_error', message: 'no' } }, { status: 500 });
    const request = new Request(input, init);
    if (fate === 'hanging')
      return new Promise((_, reject) => request.signal.addEventListener('abort', reject));
    const answer = await server.fetch(request);
    if (fate === 'lost') throw new TypeError('the connection broke');
    return answer;
  };
  const policy = createResiliencePolicy({ timeoutMs: TIMEOUT_MS, concurrency: 5, openAfterFailures: 3 });
  return { send, policy, next: (...coming: Fate[]) => void fates.push(...coming) };
}

async function visit(server: Server, url: string, outcome: string): Promise<void> {
  await server.fetch(new Request(url, { method: 'POST', body: new URLSearchParams({ outcome }) }));
}

function stripeSide(): Side {
  const log = createLog('contract', 'silent');
  const events: unknown[] = [];
  const server = createStripeApp({
    ...{ secretKey: 'sk_test_contract', webhookSecret: 'unused', webhookEvents: [], publicUrl: bank, log },
    ...{ clock: systemClock, lifecycle: createLifecycle(log) },
    webhooks: {
      emit: (type, object) =>
        void events.push(JSON.parse(JSON.stringify(eventDocument('evt', type, object, systemClock)))),
      counts: () => ({ events: 0, attempts: 0, delivered: 0, pending: 0, given_up: 0 }),
    },
  });
  const { send, policy, next } = between(server);
  const provider = stripeProvider(
    { secretKey: 'sk_test_contract', timeoutMs: TIMEOUT_MS, fetch: send },
    policy,
  );
  const money = async (orderId: string) => {
    const { charges, refunds } = (await (await server.request('/_state')).json()) as StripeState;
    return {
      taken: charges.amount_by_order[orderId] ?? 0,
      givenBack: refunds.amount_by_order[orderId] ?? 0,
    };
  };
  return { provider, policy, next, money, events, atBank: (url, outcome) => visit(server, url, outcome) };
}

function httpSide(): Side {
  const events: unknown[] = [];
  const key = 'k'.repeat(32);
  const server = createFakePaymentProviderApp({
    key,
    publicUrl: bank,
    emit: (event) => void events.push(event),
  });
  const { send, policy, next } = between(server);
  const provider = httpProvider(
    { apiBase: 'http://payments.test', key, timeoutMs: TIMEOUT_MS, fetch: send },
    policy,
  );
  const money = async (orderId: string) => {
    const { taken, given_back } = (await (await server.request('/_state')).json()) as FakeProviderState;
    return { taken: taken[orderId] ?? 0, givenBack: given_back[orderId] ?? 0 };
  };
  return { provider, policy, next, money, events, atBank: (url, outcome) => visit(server, url, outcome) };
}

/** What the shop requires of every payment provider. Add new providers here. */
describe.each([
  ['stripe', stripeSide],
  ['http', httpSide],
])('a payment through %s', (_, openSide) => {
  let side: Side;
  let orderId: string;
  beforeEach(() => {
    side = openSide();
    orderId = randomUUID();
  });
  const open = async (paymentMethod = 'pm_card_visa'): Promise<string> => {
    const opened = await side.provider.open({ orderId, amount: 4_900, currency: 'EUR', paymentMethod });
    if ('declined' in opened) throw new Error(opened.declined);
    return opened.ref;
  };
  const confirm = (ref: string) => side.provider.confirm(ref, 'http://localhost:3000/orders/1');
  const succeeded = { state: 'succeeded', money: { amount: 4_900, currency: 'EUR' } };
  const nothing: Money = { taken: 0, givenBack: 0 };

  test('is opened once for an order, which moves no money, also when the first answer is lost', async () => {
    side.next('lost');
    await expect(open()).rejects.toThrow();
    const ref = await open();
    expect(await open()).toBe(ref);
    expect(await side.money(orderId)).toEqual(nothing);
  });

  test('with a payment method that does not exist is declined, which is no failure', async () => {
    const request = { orderId, amount: 4_900, currency: 'EUR', paymentMethod: 'pm_card_of_nobody' };
    expect(await side.provider.open(request)).toEqual({ declined: expect.any(String) });
    expect(side.policy.state()).toBe('closed');
  });

  test('takes the money once, for any number of confirmations, and reports it', async () => {
    const ref = await open();
    await Promise.all([confirm(ref), confirm(ref)]);
    expect(await confirm(ref)).toEqual(succeeded);
    expect(await side.provider.look(ref)).toEqual(succeeded);
    expect(await side.money(orderId)).toEqual({ taken: 4_900, givenBack: 0 });
  });

  test.each(['lost', 'unsent'] as const)(
    'whose confirmation is %s throws, and the next query shows the outcome',
    async (fate) => {
      const ref = await open();
      side.next(fate);
      await expect(confirm(ref)).rejects.toThrow();
      expect(await confirm(ref)).toEqual(succeeded);
      expect(await side.money(orderId)).toEqual({ taken: 4_900, givenBack: 0 });
    },
  );

  test('that is declined has a reason, also in later queries', async () => {
    const ref = await open('pm_card_chargeDeclinedInsufficientFunds');
    const declined = { state: 'declined', reason: 'insufficient_funds' };
    expect(await confirm(ref)).toEqual(declined);
    expect(await confirm(ref)).toEqual(declined);
    expect(await side.provider.look(ref)).toEqual(declined);
    expect(await side.money(orderId)).toEqual(nothing);
  });

  test.each([
    ['approve', 'succeeded', 4_900],
    ['fail', 'declined', 0],
  ] as const)(
    'that needs confirmation at the bank waits for the shopper: %s, %s',
    async (answer, state, taken) => {
      const ref = await open('pm_card_threeDSecureRequired');
      const asked = await confirm(ref);
      expect(asked).toEqual({ state: 'requires_action', url: expect.stringContaining(bank) });
      expect(await side.provider.look(ref)).toEqual(asked);
      await side.atBank((asked as { url: string }).url, answer);
      expect(await side.provider.look(ref)).toMatchObject({ state });
      expect(await side.money(orderId)).toEqual({ taken, givenBack: 0 });
    },
  );

  test('that was cancelled takes no money; one that has taken it reports so', async () => {
    const ref = await open();
    expect(await side.provider.cancel(ref)).toEqual({ state: 'cancelled' });
    expect(await side.provider.cancel(ref)).toEqual({ state: 'cancelled' });
    expect(await confirm(ref)).toEqual({ state: 'cancelled' });
    expect(await side.money(orderId)).toEqual(nothing);
    orderId = randomUUID();
    const paid = await open();
    await confirm(paid);
    expect(await side.provider.cancel(paid)).toEqual(succeeded);
  });

  test('is refunded once, also when the answer was lost', async () => {
    const ref = await open();
    await confirm(ref);
    side.next('lost');
    await expect(side.provider.refund(ref, orderId)).rejects.toThrow();
    await side.provider.refund(ref, orderId);
    await side.provider.refund(ref, orderId);
    expect(await side.money(orderId)).toEqual({ taken: 4_900, givenBack: 4_900 });
  });

  test('that took nothing cannot be refunded', async () => {
    const ref = await open();
    await expect(side.provider.refund(ref, orderId)).rejects.toThrow();
    expect(await side.money(orderId)).toEqual(nothing);
  });

  test.each(['failing', 'hanging'] as const)(
    'of a provider that is %s throws in bounded time, and the breaker opens',
    async (fate) => {
      const ref = await open();
      side.next(fate, fate, fate);
      for (const _ of [1, 2, 3]) await expect(side.provider.look(ref)).rejects.toThrow();
      await expect(side.provider.look(ref)).rejects.toBeInstanceOf(ProviderUnavailable);
    },
  );

  test('reports its end in an event that can be read, and other events mean nothing', async () => {
    const ref = await open();
    await confirm(ref);
    await side.provider.refund(ref, orderId);
    const paid = { orderId, ref };
    orderId = randomUUID();
    const declined = { orderId, ref: await open('pm_card_chargeDeclined') };
    await confirm(declined.ref);
    orderId = randomUUID();
    const cancelled = { orderId, ref: await open() };
    await side.provider.cancel(cancelled.ref);
    const news = side.events.map(side.provider.readEvent).filter((read) => read !== undefined);
    expect(news).toEqual([
      { ...paid, outcome: succeeded },
      { ...paid, outcome: { ...succeeded, state: 'refunded', refunded: 4_900 } },
      { ...declined, outcome: { state: 'declined', reason: 'generic_decline' } },
      { ...cancelled, outcome: { state: 'cancelled' } },
    ]);
    for (const other of [{}, null, { type: 'customer.created', data: {} }])
      expect(side.provider.readEvent(other)).toBeUndefined();
  });
});
