import { cancelOrder } from '@shopfast/db/orders/cancel';
import { requestRefund } from '@shopfast/db/orders/request-refund';
import type { OrderState } from '@shopfast/kit/contracts/api';
import fc from 'fast-check';
import { expect } from 'vitest';
import { expireOrderHold, sweepOverdueHolds } from '../../holds/expire.ts';
import { chargeOrder } from '../../payment/charge.ts';
import { refundOrder } from '../../payment/refund.ts';
import { sweepOpenPayments } from '../../payment/sweep.ts';
import { expectGuarantees } from './guarantees.ts';
import {
  buying,
  type Card,
  closing,
  declining,
  type Item,
  type Model,
  type ModelOrder,
  mayBecome,
  paying,
  refunding,
} from './model.ts';
import { afterCharge, afterExpiry, type Before, goesBack } from './predict.ts';
import { type Fate, HOLD_MS, PRODUCTS, type ProductId, type World } from './world.ts';

export type Step = fc.AsyncCommand<Model, World>;

type PurchaseInput = Pick<ModelOrder, 'token' | 'customer' | 'items' | 'card'>;
/** An action on one order. `fates` are those of the provider's calls, one by one. */
type Action = { name: string; nth: number; fates: Fate[] };

const METHODS: Record<Card, string> = {
  good: 'pm_card_visa',
  declined: 'pm_card_chargeDeclined',
  bank: 'pm_card_threeDSecureRequired',
};

/** What is done, and the state that the order must have afterwards. */
const ACTIONS: Record<
  string,
  {
    act: (world: World, order: ModelOrder) => Promise<unknown>;
    becomes: (model: Model, before: Before, fates: Fate[]) => OrderState;
  }
> = {
  charge: {
    act: ({ deps }, { id }) => chargeOrder({ order_id: id }, deps),
    becomes: afterCharge,
  },
  expire: {
    act: ({ deps }, { id }) => expireOrderHold({ order_id: id }, deps),
    becomes: afterExpiry,
  },
  cancel: {
    act: ({ sql, clock }, { id }) => cancelOrder(sql, { orderId: id, now: new Date(clock.now()) }),
    becomes: (_, { order }) => (order.state === 'pending_payment' ? 'cancelled' : order.state),
  },
  'ask for a refund of': {
    act: ({ sql, clock }, { id }) =>
      requestRefund(sql, { orderId: id, reason: 'asked for', now: new Date(clock.now()) }),
    becomes: (_, { order }) => order.state,
  },
  refund: {
    act: ({ deps }, { id }) => refundOrder({ order_id: id, reason: 'asked for' }, deps),
    becomes: (_, { order, seen }, [fate = 'answered']) =>
      seen.pay === 'refund_pending' && fate === 'answered' ? refunding(order) : order.state,
  },
  'approve at the bank': {
    act: (world, order) => atBank(world, order, 'approve'),
    becomes: (_, { order }) => order.state,
  },
  'fail at the bank': {
    act: (world, order) => atBank(world, order, 'fail'),
    becomes: (_, { order }) => order.state,
  },
};

async function atBank(world: World, { id }: ModelOrder, answer: 'approve' | 'fail'): Promise<void> {
  const intent = await world.intent((await world.see()).get(id)?.ref ?? null);
  const url = intent?.next_action?.redirect_to_url?.url;
  if (url) await world.visitBank(url, answer);
}

async function before(world: World, order: ModelOrder): Promise<Before> {
  const seen = (await world.see()).get(order.id);
  if (!seen) throw new Error(`order ${order.id} is gone`);
  return { order, seen, intent: (await world.intent(seen.ref))?.status };
}

const targetOf = (model: Model, nth: number) => model.orders[nth % model.orders.length];

/**
 * Failing and rescheduling are ordinary ends of a handler; the test judges the state that it left. A violated database
 * constraint is not.
 */
const quietly = (work: Promise<unknown>) =>
  work.catch((error: unknown) => {
    if (error instanceof Error && error.name === 'PostgresError') throw error;
  });

async function buy(model: Model, world: World, purchase: PurchaseInput): Promise<string> {
  const items = purchase.items.map((item) => ({ ...item, quotedPrice: null }));
  const { outcome, ...result } = await world.buy({
    jti: purchase.token,
    email: `${purchase.customer}@example.com`,
    items: items as Parameters<World['buy']>[0]['items'],
    paymentMethod: METHODS[purchase.card],
  });
  if (outcome === 'placed' && 'order' in result)
    model.orders.push({
      ...purchase,
      id: result.order.id,
      holdUntil: model.now + HOLD_MS,
      state: 'pending_payment',
    });
  return outcome;
}

const step = (text: string, needsOrder: boolean, run: Step['run']): Step => ({
  check: (model) => !needsOrder || model.orders.length > 0,
  run,
  toString: () => text,
});

const buyStep = (purchase: PurchaseInput): Step => {
  const basket = purchase.items.map((item) => `${item.quantity} ${item.productId}`).join(' and ');
  const text = `${purchase.customer} buys ${basket} with ${purchase.token} and a ${purchase.card} card`;
  return step(text, false, async (model, world) => {
    const expected = buying(model, purchase);
    expect(await buy(model, world, purchase)).toBe(expected);
    await expectGuarantees(model, world);
  });
};

const actionStep = ({ name, nth, fates }: Action): Step =>
  step(`${name} order ${nth} [${fates.join(' ')}]`, true, async (model, world) => {
    const order = targetOf(model, nth)!;
    const { act, becomes } = ACTIONS[name]!;
    const expected = becomes(model, await before(world, order), fates);
    const over = world.nextCalls(fates);
    await quietly(act(world, order));
    over();
    order.state = expected;
    await expectGuarantees(model, world);
  });

const webhookStep = (nth: number, copies: number): Step =>
  step(`webhook ${nth} comes ${copies} times`, true, async (model, world) => {
    for (let copy = 0; copy < copies; copy += 1) {
      const seen = await world.see();
      const event = await world.deliver(nth);
      if (!event) return;
      const { metadata } = event.data.object as unknown as { metadata: { order_id: string } };
      const order = model.orders.find(({ id }) => id === metadata.order_id);
      if (!order) throw new Error(`an event of a payment without an order: ${metadata.order_id}`);
      if (event.type === 'payment_intent.succeeded')
        order.state = paying(model, order, goesBack(seen.get(order.id)!));
      else if (event.type === 'payment_intent.payment_failed') order.state = declining(order);
      else if (event.type === 'payment_intent.canceled') order.state = closing(model, order);
      else order.state = refunding(order);
      await expectGuarantees(model, world);
    }
  });

const timeStep = (ms: number): Step =>
  step(`${ms / 1_000} s pass`, false, async (model, world) => {
    world.clock.advance(ms);
    model.now += ms;
  });

/**
 * Concurrent actions on several orders can end in many ways: each order must have made a transition that is allowed.
 */
async function learn(model: Model, world: World): Promise<void> {
  for (const [id, { state }] of await world.see()) {
    const order = model.orders.find((known) => known.id === id);
    if (!order) throw new Error(`order ${id} is unknown`);
    expect(mayBecome(order.state, state), `${order.state} → ${state}`).toBe(true);
    order.state = state;
  }
  await expectGuarantees(model, world);
}

const sweepStep = (silentMs: number): Step =>
  step(`sweep of payments unchanged for ${silentMs / 1_000} s`, true, async (model, world) => {
    await sweepOpenPayments(world.deps, silentMs);
    await sweepOverdueHolds(world.deps, silentMs);
    await learn(model, world);
  });

const raceStep = (actions: Action[], purchases: PurchaseInput[], webhooks: number[]): Step => {
  const text = [
    ...actions.map(({ name, nth }) => `${name} order ${nth}`),
    ...purchases.map(({ customer, token }) => `${customer} buys with ${token}`),
    ...webhooks.map((nth) => `webhook ${nth}`),
  ].join(' | ');
  return step(`at once: ${text}`, true, async (model, world) => {
    const known = [...model.orders];
    const ends = await Promise.allSettled([
      ...actions.map(({ name, nth }) => quietly(ACTIONS[name]!.act(world, known[nth % known.length]!))),
      ...webhooks.map((nth) => quietly(world.deliver(nth))),
      ...purchases.map((purchase) => buy(model, world, purchase)),
    ]);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    await learn(model, world);
  });
};

const fate = fc.constantFrom<Fate>('answered', 'answered', 'answered', 'lost', 'unsent');
const nth = fc.nat({ max: 7 });
const action = fc.record<Action>({
  name: fc.constantFrom('charge', 'charge', 'charge', ...Object.keys(ACTIONS)),
  nth,
  fates: fc.array(fate, { maxLength: 3 }),
});
const purchase = fc.record<PurchaseInput>({
  token: fc.integer({ min: 1, max: 9 }).map((n) => `token ${n}`),
  customer: fc.constantFrom('ann', 'bob', 'cleo'),
  items: fc.uniqueArray(
    fc.record<Item>({
      productId: fc.constantFrom(...(Object.keys(PRODUCTS) as ProductId[])),
      quantity: fc.integer({ min: 1, max: 2 }),
    }),
    { minLength: 1, maxLength: 3, selector: (item) => item.productId },
  ),
  card: fc.constantFrom<Card>('good', 'good', 'good', 'declined', 'bank'),
});

/** Everything that may happen. Frequent events appear more than once. */
export const steps = [
  purchase.map(buyStep),
  purchase.map(buyStep),
  action.map(actionStep),
  action.map(actionStep),
  fc.tuple(fc.nat({ max: 12 }), fc.integer({ min: 1, max: 2 })).map(([n, copies]) => webhookStep(n, copies)),
  fc.constantFrom(30_000, 300_000, HOLD_MS + 1_000).map(timeStep),
  fc.constantFrom(0, 60_000).map(sweepStep),
  fc
    .tuple(
      fc.array(action, { minLength: 1, maxLength: 4 }),
      fc.array(purchase, { maxLength: 2 }),
      fc.array(fc.nat({ max: 12 }), { maxLength: 2 }),
    )
    .map(([actions, purchases, webhooks]) => raceStep(actions, purchases, webhooks)),
];

/** Brings everything to its end: holds expire, late webhooks arrive, jobs finish, and the sweeps find the rest. */
export async function settle(model: Model, world: World): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    world.clock.advance(HOLD_MS + 180_000);
    model.now = world.clock.now();
    for (let event = world.countEvents() - 1; event >= 0; event -= 1) await quietly(world.deliver(event));
    for (const { id } of model.orders) {
      await quietly(expireOrderHold({ order_id: id }, world.deps));
      await quietly(refundOrder({ order_id: id, reason: 'due' }, world.deps));
    }
    await sweepOpenPayments(world.deps, 60_000);
    await sweepOverdueHolds(world.deps, 60_000);
    await learn(model, world);
  }
}
