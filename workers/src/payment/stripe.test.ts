import { randomUUID } from 'node:crypto';
import { systemClock } from '@shopfast/kit/clock';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { createStripeApp } from '@shopfast/sandbox/stripe/app';
import { expect, test } from 'vitest';
import { createResiliencePolicy } from './resilience-policy.ts';
import { stripeProvider } from './stripe.ts';

const log = createLog('stripe-test', 'silent');
const none = { events: 0, attempts: 0, delivered: 0, pending: 0, given_up: 0 };

/** The fake Stripe in this process; `before` may answer instead of it. */
function openProvider(before: (request: Request) => Response | undefined = () => undefined) {
  const server = createStripeApp({
    ...{
      secretKey: 'sk_test',
      webhookSecret: 'unused',
      webhookEvents: [],
      publicUrl: 'http://bank.test',
      log,
    },
    ...{ clock: systemClock, lifecycle: createLifecycle(log) },
    webhooks: { emit: () => {}, counts: () => none },
  });
  const policy = createResiliencePolicy({ timeoutMs: 60_000, concurrency: 5, openAfterFailures: 1 });
  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    return before(request) ?? (await server.fetch(request));
  };
  const provider = stripeProvider({ secretKey: 'sk_test', timeoutMs: 60_000, fetch: send }, policy);
  return { provider, policy };
}
const request = (orderId: string, amount: number) => ({
  ...{ orderId, amount, currency: 'EUR', paymentMethod: 'pm_card_visa' },
});

test('an idempotency key that was used with other parameters is replaced, which is no failure', async () => {
  const { provider, policy } = openProvider();
  const orderId = randomUUID();
  const first = await provider.open(request(orderId, 4_900));
  const second = await provider.open(request(orderId, 5_000));
  expect(second).toEqual({ ref: expect.stringMatching(/^pi_/) });
  expect(second).not.toEqual(first);
  expect(policy.state()).toBe('closed');
  const { ref } = second as { ref: string };
  expect(await provider.confirm(ref, 'http://localhost:3000')).toMatchObject({ money: { amount: 5_000 } });
});

test('a refund that is refused because of a dispute is final', async () => {
  const error = { type: 'invalid_request_error', code: 'charge_disputed', message: 'disputed' };
  const { provider } = openProvider(({ url }) =>
    url.endsWith('/v1/refunds') ? Response.json({ error }, { status: 400 }) : undefined,
  );
  expect(await provider.refund('pi_1', randomUUID())).toEqual({ refused: 'charge_disputed' });
});
