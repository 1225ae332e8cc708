import { bearer } from '@shopfast/kit/http';
import { Hono } from 'hono';
import { z } from 'zod';
import { behaviourOf } from '../stripe/payment-methods.ts';

type State = 'open' | 'succeeded' | 'declined' | 'requires_action' | 'cancelled' | 'refunded';
type Payment = {
  id: string;
  order_id: string;
  amount: number;
  currency: string;
  method: string;
  state: State;
  reason?: string;
};

export type FakePaymentProviderOptions = {
  key: string;
  /** Public address of the bank's page. */
  publicUrl: string;
  /** Called at every end of a payment, with the webhook's body. */
  emit: (event: object) => void;
};

const wanted = z.object({
  amount: z.number().int().min(1),
  currency: z.string().length(3),
  payment_method: z.string(),
});

/**
 * A payment service with the small API of docs/payment-providers.md and Stripe's test payment methods. State is in
 * memory. `/_state` shows what it charged and refunded, by order.
 */
export function createFakePaymentProviderApp({ key, publicUrl, emit }: FakePaymentProviderOptions): Hono {
  const payments = new Map<string, Payment>();
  const taken: Record<string, number> = {};
  const givenBack: Record<string, number> = {};
  const app = new Hono();

  app.get('/_state', (c) => c.json({ taken, given_back: givenBack }));
  app.post('/bank/:id', async (c) => {
    const payment = payments.get(c.req.param('id'));
    if (payment?.state !== 'requires_action') return c.body(null, 404);
    const { outcome } = await c.req.parseBody();
    if (outcome === 'approve') take(payment);
    else end(payment, 'declined', 'authentication_failed');
    return c.body(null, 204);
  });

  app.use(async (c, next) => {
    if (bearer(c) !== key) return c.json({ error: 'wrong key' }, 401);
    await next();
  });
  app.put('/orders/:order/payment', async (c) => {
    const request = wanted.safeParse(await c.req.json()).data;
    if (!request || !behaviourOf(request.payment_method)) return c.json({ error: 'refused' }, 422);
    const id = `pay_${c.req.param('order')}`;
    const known = payments.get(id);
    if (known) return c.json(shown(known));
    const { amount, currency, payment_method: method } = request;
    const opened: Payment = { id, order_id: c.req.param('order'), amount, currency, method, state: 'open' };
    payments.set(id, opened);
    return c.json(shown(opened));
  });
  app.use('/payments/:id/*', async (c, next) => {
    if (!payments.has(c.req.param('id'))) return c.json({ error: 'unknown' }, 404);
    await next();
  });
  const find = (id: string): Payment => {
    const payment = payments.get(id);
    if (!payment) throw new Error(`${id} was not checked before`);
    return payment;
  };
  app.get('/payments/:id', (c) => c.json(shown(find(c.req.param('id')))));
  app.post('/payments/:id/confirm', (c) => {
    const payment = find(c.req.param('id'));
    if (payment.state === 'open') confirm(payment);
    return c.json(shown(payment));
  });
  app.post('/payments/:id/cancel', (c) => {
    const payment = find(c.req.param('id'));
    if (['open', 'requires_action', 'declined'].includes(payment.state)) end(payment, 'cancelled');
    return c.json(shown(payment));
  });
  app.put('/payments/:id/refund', (c) => {
    const payment = find(c.req.param('id'));
    if (payment.state !== 'succeeded' && payment.state !== 'refunded')
      return c.json({ error: 'unpaid' }, 422);
    if (payment.state === 'succeeded') {
      givenBack[payment.order_id] = (givenBack[payment.order_id] ?? 0) + payment.amount;
      end(payment, 'refunded');
    }
    return c.json(shown(payment));
  });

  function confirm(payment: Payment): void {
    const behaviour = behaviourOf(payment.method);
    if (behaviour?.kind === 'succeeds') take(payment);
    else if (behaviour?.kind === 'declines') end(payment, 'declined', behaviour.decline_code);
    else payment.state = 'requires_action';
  }
  function take(payment: Payment): void {
    taken[payment.order_id] = (taken[payment.order_id] ?? 0) + payment.amount;
    end(payment, 'succeeded');
  }
  function end(payment: Payment, state: State, reason?: string): void {
    payment.state = state;
    if (reason) payment.reason = reason;
    const { id, order_id, amount, currency } = payment;
    emit({ type: `payment.${state}`, payment: { id, order_id, amount, currency, reason } });
  }
  const shown = ({ id, state, reason, amount, currency }: Payment) => ({
    ...{ id, state, reason, amount, currency },
    ...(state === 'requires_action' ? { url: `${publicUrl}/bank/${id}` } : {}),
  });
  return app;
}
