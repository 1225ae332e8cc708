import { createHmac, randomUUID } from 'node:crypto';
import { CARDS, calls } from '@shopfast/sandbox/shopper/calls';
import { type Answer, jsonOf } from './answer.ts';
import type { Request } from './http-client.ts';
import { type Order, placeOrder, shown, untilPaid } from './reservations.ts';
import { NotPrepared, requestOf, until, type World } from './world.ts';

export type Signing = {
  /** Unix seconds in the signature. Default: now. */
  at?: number;
  secret?: string;
  scheme?: string;
};

/** The `Stripe-Signature` header over a body. */
export function signature(
  world: World,
  body: string | Buffer,
  { at, secret, scheme = 'v1' }: Signing = {},
): string {
  const time = at ?? Math.floor(Date.now() / 1_000);
  const key = secret ?? world.target.webhookSecret;
  if (key === undefined) throw new NotPrepared('the webhook secret is not known');
  const mac = createHmac('sha256', key).update(`${time}.`).update(body).digest('hex');
  return `t=${time},${scheme}=${mac}`;
}

/** An event of the payment provider. */
export function webhookRequest(
  body: string | Buffer,
  sign: string | undefined,
  headers: object = {},
): Request {
  return {
    method: 'POST',
    path: '/v1/payments/webhook',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(sign === undefined ? {} : { 'stripe-signature': sign }),
      ...headers,
    },
    body,
  };
}

export const newEventId = () => `evt_${randomUUID().replaceAll('-', '').slice(0, 24)}`;

export type EventInput = {
  id?: unknown;
  type?: unknown;
  object?: object;
};

/** An event in the provider's format. */
export const eventBody = ({
  id = newEventId(),
  type = 'payment_intent.succeeded',
  object = {},
}: EventInput) =>
  JSON.stringify({
    ...{ id, object: 'event', api_version: '2025-09-30', created: Math.floor(Date.now() / 1_000), type },
    ...{ livemode: false, pending_webhooks: 0, request: null, data: { object } },
  });

/** A payment in an event. It matches the order, except for the case's changes. */
export const intentOf = (order: Order, change: object = {}) => ({
  ...{
    id: `pi_abuse${randomUUID().slice(0, 8)}`,
    object: 'payment_intent',
    amount: 4_900,
    amount_received: 4_900,
  },
  ...{ currency: 'eur', status: 'succeeded', metadata: { order_id: order.id } },
  ...change,
});

/** An order whose payment waits for its bank, so that only an event can end it. */
export async function waitingOrder(world: World): Promise<Order> {
  const order = await placeOrder(world, { payment_method: CARDS.unconfirmed });
  await until('the bank asks for a step', async () =>
    (await shown(world, order))?.action_url ? true : undefined,
  );
  return order;
}

/** Sends a signed event and waits until a later one is handled, then reads the order. */
export async function sendAndRead(world: World, order: Order, input: EventInput): Promise<Answer[]> {
  const body = eventBody(input);
  const answer = await world.send(webhookRequest(body, signature(world, body)));
  await settled(world);
  return [answer, await world.send(requestOf(calls.orderStatus(order.id, order.token)))];
}

/** Waits until an order that is placed now is paid: then everything sent before has been handled. */
async function settled(world: World): Promise<void> {
  await untilPaid(world, await placeOrder(world));
}

export const stays = (state: string) => (answers: readonly Answer[]) => {
  const [event, order] = answers;
  if (![200, 400].includes(event?.status ?? 0)) return `the event was answered ${event?.status}`;
  const now = jsonOf(order).state;
  return now === state ? undefined : `the order is ${now}`;
};
