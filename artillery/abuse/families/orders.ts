import { randomUUID } from 'node:crypto';
import { orderAnswer } from '@shopfast/kit/contracts/api';
import { keysOf } from '@shopfast/kit/narrow';
import { type Answer, codeOf, documentOf, jsonOf } from '../answer.ts';
import { family, NOT_CACHED, type Refusal, type Row, refuse } from '../case.ts';
import {
  goodReservation,
  type Order,
  orderBody,
  orderRequest,
  placeOrder,
  type Reservation,
  reserve,
  untilPaid,
} from '../reservations.ts';
import { makeProduct, makeRoom, ownShop, quickRoom, quickShop, type Shop } from '../rooms.ts';
import { openAccount } from '../shoppers.ts';
import { openStreams } from '../streams.ts';
import type { World } from '../world.ts';

const INVALID = refuse(422, 'invalid_request');

/** A product of which each customer may buy one, and somebody who has verified the address of the order. */
async function limitOfOne(world: World) {
  const room = await quickRoom(world);
  const product = await makeProduct(world, room, { per_customer_limit: 1 });
  const { email, cookie } = await openAccount(world);
  const account = { cookie, origin: world.target.shop };
  return { room, product, account, body: orderBody(product, { email }) };
}

/** Places an order, and waits until it is paid. */
async function pay(world: World, good: Reservation, product: string, body: object, headers = {}) {
  const answer = await world.prepare(orderRequest(good, { product, body, headers }));
  const { order, order_token: token } = documentOf(orderAnswer, answer);
  await untilPaid(world, { id: order.id, token });
}
const MASS = 'OWASP API3:2023';

/** Invalid bodies, with a valid reservation. */
type BadBody = {
  id: string;
  title: string;
  source: string;
  body: (product: string) => unknown;
  refusal?: Refusal;
  reduced?: boolean;
};

const BODIES: readonly BadBody[] = [
  {
    id: 'price',
    title: 'a price set by the client',
    source: 'design 5.3',
    reduced: true,
    body: (product) => orderBody(product, { price: 1 }),
  },
  {
    id: 'unit-price',
    title: 'a unit price set by the client',
    source: MASS,
    body: (product) => orderBody(product, { unit_price: 1 }),
  },
  {
    id: 'total',
    title: 'a total set by the client',
    source: MASS,
    body: (product) => orderBody(product, { total: 1 }),
  },
  {
    id: 'currency',
    title: 'a currency set by the client',
    source: MASS,
    body: (product) => orderBody(product, { currency: 'JPY' }),
  },
  {
    id: 'state',
    title: 'an order that claims to be paid',
    source: MASS,
    body: (product) => orderBody(product, { state: 'paid' }),
  },
  {
    id: 'user',
    title: 'an order in the name of another account',
    source: MASS,
    body: (product) => orderBody(product, { user_id: randomUUID() }),
  },
  {
    id: 'hold',
    title: 'a hold set by the client',
    source: MASS,
    body: (product) => orderBody(product, { hold_until: '2099-01-01T00:00:00Z' }),
  },
  {
    id: 'item-price',
    title: 'a price within an item',
    source: MASS,
    body: (product) => ({
      ...orderBody(product),
      product_id: undefined,
      quantity: undefined,
      items: [{ product_id: product, quantity: 1, unit_price: 1 }],
    }),
  },
  {
    id: 'quantity-zero',
    title: 'a quantity of 0',
    source: 'design 5.3',
    body: (product) => orderBody(product, { quantity: 0 }),
  },
  {
    id: 'quantity-negative',
    title: 'a quantity of −1',
    source: 'design 5.3',
    reduced: true,
    body: (product) => orderBody(product, { quantity: -1 }),
  },
  {
    id: 'quantity-part',
    title: 'half a unit',
    source: 'design 5.3',
    body: (product) => orderBody(product, { quantity: 0.5 }),
  },
  {
    id: 'quantity-huge',
    title: 'a quantity of 10⁹',
    source: 'S7',
    body: (product) => orderBody(product, { quantity: 1e9 }),
  },
  {
    id: 'quantity-beyond',
    title: 'a quantity that no number holds',
    source: 'S7',
    body: (product) => JSON.stringify(orderBody(product)).replace('"quantity":1', '"quantity":1e400'),
  },
  {
    id: 'quantity-text',
    title: 'a quantity that is a text',
    source: MASS,
    body: (product) => orderBody(product, { quantity: '1' }),
  },
  {
    id: 'quantity-list',
    title: 'a quantity that is a list',
    source: MASS,
    body: (product) => orderBody(product, { quantity: [1] }),
  },
  {
    id: 'product-unknown',
    title: 'a product that does not exist',
    source: 'design 5.3',
    body: () => orderBody('no-such-product'),
    refusal: refuse([404, 422], ['product_unknown', 'invalid_request']),
  },
  {
    id: 'product-prototype',
    title: 'a product named constructor',
    source: 'S28',
    body: () => orderBody('constructor'),
    refusal: refuse([404, 422], ['product_unknown', 'invalid_request']),
  },
  {
    id: 'product-nul',
    title: 'NUL in the product',
    source: 'S7',
    body: (product) => orderBody(`${product}\u0000`),
    refusal: refuse([404, 422], ['product_unknown', 'invalid_request']),
  },
  {
    id: 'product-object',
    title: 'a product that is an object',
    source: MASS,
    body: () => orderBody('', { product_id: { $ne: null } }),
  },
  {
    id: 'items-none',
    title: 'an empty basket',
    source: 'ADR 0010',
    body: () => ({ items: [], email: 'a@example.com', payment_method: 'pm_card_visa' }),
  },
  {
    id: 'items-twice',
    title: 'a product twice in a basket',
    source: 'ADR 0010',
    body: (product) => ({
      items: [
        { product_id: product, quantity: 1 },
        { product_id: product, quantity: 1 },
      ],
      email: 'a@example.com',
      payment_method: 'pm_card_visa',
    }),
  },
  {
    id: 'items-many',
    title: 'eleven products in a basket',
    source: 'ADR 0010',
    body: (product) => ({
      items: Array.from({ length: 11 }, (_, at) => ({ product_id: `${product}-${at}`, quantity: 1 })),
      email: 'a@example.com',
      payment_method: 'pm_card_visa',
    }),
  },
  {
    id: 'items-and-product',
    title: 'a basket beside a product',
    source: 'ADR 0010',
    body: (product) => orderBody(product, { items: [{ product_id: product, quantity: 1 }] }),
  },
  {
    id: 'email-missing',
    title: 'no address',
    source: 'design 5.3',
    body: (product) => orderBody(product, { email: undefined }),
  },
  {
    id: 'email-word',
    title: 'an address that is none',
    source: 'design 5.3',
    body: (product) => orderBody(product, { email: 'nobody' }),
  },
  {
    id: 'email-newline',
    title: 'an address with a header of a mail in it',
    source: 'OWASP injection',
    body: (product) => orderBody(product, { email: 'a@example.com\r\nBcc: victim@example.com' }),
  },
  {
    id: 'email-two',
    title: 'two addresses in one',
    source: 'OWASP injection',
    body: (product) => orderBody(product, { email: 'a@example.com,victim@example.com' }),
  },
  {
    id: 'email-nul',
    title: 'NUL in the address',
    source: 'S7',
    body: (product) => orderBody(product, { email: 'a\u0000@example.com' }),
  },
  {
    id: 'email-long',
    title: 'an address of 300 characters',
    source: 'RFC 5321 4.5.3.1',
    body: (product) =>
      orderBody(product, {
        email: `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(50)}.com`,
      }),
  },
  {
    id: 'card-number',
    title: 'a card number instead of a payment method',
    source: 'PCI DSS 3',
    body: (product) => orderBody(product, { payment_method: '4242424242424242' }),
  },
  {
    id: 'payment-path',
    title: 'a payment method that is a path',
    source: 'OWASP API7:2023',
    body: (product) => orderBody(product, { payment_method: 'pm_../../refunds' }),
  },
  {
    id: 'payment-missing',
    title: 'no payment method',
    source: 'design 5.3',
    body: (product) => orderBody(product, { payment_method: undefined }),
  },
  {
    id: 'locale-path',
    title: 'a language that is a path',
    source: 'OWASP injection',
    body: (product) => orderBody(product, { locale: '../../etc/passwd' }),
  },
  {
    id: 'destination-country',
    title: 'a country of three letters',
    source: 'M15',
    body: (product) => orderBody(product, { destination: { country: 'DEU' } }),
  },
  {
    id: 'destination-nul',
    title: 'NUL in the region',
    source: 'S7',
    body: (product) => orderBody(product, { destination: { country: 'US', region: 'C\u0000A' } }),
  },
  {
    id: 'destination-surrogate',
    title: 'a lone surrogate in the region',
    source: 'S7',
    body: (product) => orderBody(product, { destination: { country: 'US', region: '\ud83d' } }),
  },
  {
    id: 'destination-more',
    title: 'an unknown member in the destination',
    source: MASS,
    body: (product) => orderBody(product, { destination: { country: 'US', tax: 0 } }),
  },
  {
    id: 'proto',
    title: 'a member __proto__',
    source: 'CWE-1321',
    body: (product) => JSON.stringify(orderBody(product)).replace('{', '{"__proto__":{"quantity":50},'),
  },
  { id: 'null', title: 'null instead of an order', source: 'S23', body: () => null },
  { id: 'list', title: 'a list with an order', source: 'S23', body: (product) => [orderBody(product)] },
  {
    id: 'text',
    title: 'a text instead of an order',
    source: 'S23',
    body: (product) => JSON.stringify(JSON.stringify(orderBody(product))),
  },
  {
    id: 'half',
    title: 'half an order',
    source: 'RFC 9110 15.5.1',
    body: (product) => JSON.stringify(orderBody(product)).slice(0, 40),
    refusal: refuse([400, 422], ['malformed_request', 'invalid_request']),
  },
  {
    id: 'empty',
    title: 'no body',
    source: 'RFC 9110 15.5.1',
    body: () => '',
    refusal: refuse([400, 422], ['malformed_request', 'invalid_request']),
  },
  {
    id: 'deep',
    title: '20,000 lists within each other',
    source: 'OWASP API4:2023',
    body: () => `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    refusal: refuse([400, 413, 422]),
  },
  {
    id: 'large',
    title: 'an order of 2 MB',
    source: 'OWASP API4:2023',
    body: (product) => orderBody(product, { note: 'x'.repeat(2_000_000) }),
    refusal: refuse(413, 'body_too_large'),
  },
];

const badBody = ({ body, refusal = INVALID, ...row }: BadBody): Row => ({
  ...row,
  id: `body-${row.id}`,
  title: `an order with ${row.title}`,
  attack: async (world) => {
    const { room, product } = await quickShop(world);
    const good = await reserve(world, room);
    const sent = body(product);
    const request = orderRequest(good, { product, body: {} });
    const { json: _, ...bare } = request;
    const text = typeof sent === 'string' ? sent : JSON.stringify(sent);
    return world.send({
      ...bare,
      headers: { ...bare.headers, 'content-type': 'application/json' },
      body: text,
    });
  },
  refusal,
});

const ord = (order: Order) => ({ authorization: `Bearer ${order.token}` });

/** Calls of one order by somebody who is not allowed to make them. */
const CALLS = {
  read: { method: 'GET', path: '' },
  events: { method: 'GET', path: '/events' },
  cancel: { method: 'POST', path: '/cancel' },
} as const;

type Stranger = {
  id: string;
  title: string;
  source: string;
  headers: (order: Order, world: World) => Record<string, string> | Promise<Record<string, string>>;
};
const STRANGERS: readonly Stranger[] = [
  { id: 'nobody', title: 'nobody', source: 'OWASP API1:2023', headers: () => ({}) },
  {
    id: 'other-order',
    title: 'the token of another order',
    source: 'OWASP API1:2023',
    headers: async (_, world) => ord(await otherOrder(world)),
  },
  {
    id: 'made-up',
    title: 'a made-up token',
    source: 'OWASP API2:2023',
    headers: () => ({ authorization: `Bearer ord_${'A'.repeat(43)}` }),
  },
  {
    id: 'cut',
    title: 'the token without its last character',
    source: 'OWASP API2:2023',
    headers: (order) => ({ authorization: `Bearer ${order.token.slice(0, -1)}` }),
  },
  {
    id: 'more',
    title: 'the token with an extra character',
    source: 'S27',
    headers: (order) => ({ authorization: `Bearer ${order.token}A` }),
  },
  {
    id: 'reservation',
    title: 'the reservation that bought it',
    source: 'RFC 8725 3.11',
    headers: (order) => ({
      authorization: `Bearer ${order.reservation.token}`,
      'x-binding': order.reservation.binding,
    }),
  },
  {
    id: 'ticket',
    title: 'the ticket that led to it',
    source: 'RFC 8725 3.11',
    headers: (order) => ({ authorization: `Bearer ${order.reservation.ticket}` }),
  },
];

const otherOrder = (world: World) => world.once('another order', () => placeOrder(world));
const strangersOrder = (world: World) => world.once('a stranger’s order', () => placeOrder(world));

const strangers: Row[] = STRANGERS.flatMap(({ id, title, source, headers }) =>
  keysOf(CALLS).map((name) => ({
    id: `${name}-by-${id}`,
    title: `${name} an order with ${title}`,
    source,
    reduced: name === 'read' && id === 'other-order',
    attack: async (world: World) => {
      const order = await strangersOrder(world);
      const { method, path } = CALLS[name];
      return world.send({
        method,
        path: `/v1/orders/${order.id}${path}`,
        headers: await headers(order, world),
      });
    },
    refusal: refuse([401, 403, 404], ['order_forbidden', 'order_unknown', 'session_missing']),
  })),
);

const IDS: readonly [id: string, path: string][] = [
  ['unknown', randomUUID()],
  ['word', 'first'],
  ['number', '1'],
  ['nul', '%00'],
  ['dots', '..%2f..%2fadmin'],
  ['sql', "1'%20or%20'1'='1"],
  ['list', '[]'],
  ['long', 'a'.repeat(5_000)],
  ['surrogate', '%ed%a0%bd'],
];
const byId: Row[] = IDS.map(([id, path]) => ({
  id: `id-${id}`,
  title: `an order by the id ${id}`,
  source: id === 'nul' || id === 'surrogate' ? 'S7' : 'OWASP API1:2023',
  attack: async (world) =>
    world.send({ path: `/v1/orders/${path}`, headers: ord(await strangersOrder(world)) }),
  refusal: refuse([400, 403, 404, 422]),
}));

const idOf = (answer: Answer | undefined) => orderAnswer.safeParse(jsonOf(answer)).data?.order.id;

const placed = (answers: readonly Answer[]) => {
  const ids = answers
    .filter(({ status }) => status === 202)
    .map((answer) => documentOf(orderAnswer, answer).order.id);
  return new Set(ids).size;
};
const buys = (most: number, answers: readonly Answer[]) =>
  placed(answers) <= most ? undefined : `${placed(answers)} orders, ${most} may be`;

async function manyReservations(world: World, shop: Shop, count: number): Promise<Reservation[]> {
  return Promise.all(Array.from({ length: count }, () => reserve(world, shop.room)));
}

const OTHERS: readonly Row[] = [
  {
    id: 'race-token',
    title: 'one token twenty times at once, each with a key of its own',
    source: 'design 5.4',
    reduced: true,
    attack: async (world) => {
      const { room, product } = await quickShop(world);
      const good = await reserve(world, room);
      return Promise.all(Array.from({ length: 20 }, () => world.send(orderRequest(good, { product }))));
    },
    refusal: {
      status: [202, 409],
      says: 'one order',
      together: (answers) => buys(1, answers) ?? (placed(answers) === 1 ? undefined : 'no order at all'),
    },
  },
  {
    id: 'race-token-no-key',
    title: 'one token twenty times at once without a key',
    source: 'design 5.4',
    attack: async (world) => {
      const { room, product } = await quickShop(world);
      const good = await reserve(world, room);
      const request = orderRequest(good, { product });
      return Promise.all(
        Array.from({ length: 20 }, () =>
          world.send({ ...request, headers: { ...request.headers, 'idempotency-key': undefined } }),
        ),
      );
    },
    refusal: { status: [202, 409], says: 'one order', together: (answers) => buys(1, answers) },
  },
  {
    id: 'race-last-units',
    title: 'thirty tokens at once for the last five units',
    source: 'design 1',
    attack: async (world) => {
      const room = await makeRoom(world, `last-${world.next()}`);
      const shop = { room, product: await makeProduct(world, room, { stock: 5 }) };
      await world.operate('PUT', `/rooms/${room}/remaining`, { remaining: 1_000, held: 0, sold: 0 });
      const all = await manyReservations(world, shop, 15);
      return Promise.all(all.map((good) => world.send(orderRequest(good, shop))));
    },
    refusal: { status: [202, 409], says: 'five orders', together: (answers) => buys(5, answers) },
  },
  {
    id: 'race-limit',
    title: 'ten tokens of one customer at once against a limit of one',
    source: 'design 8',
    attack: async (world) => {
      const room = await makeRoom(world, `limit-${world.next()}`);
      const shop = { room, product: await makeProduct(world, room, { per_customer_limit: 1 }) };
      const all = await manyReservations(world, shop, 10);
      const email = `limit-${world.next()}@example.com`;
      return Promise.all(
        all.map((good) =>
          world.send(orderRequest(good, { product: shop.product, body: orderBody(shop.product, { email }) })),
        ),
      );
    },
    refusal: { status: [202, 409], says: 'one order', together: (answers) => buys(1, answers) },
  },
  {
    id: 'limit-quantity',
    title: 'more than a customer may buy in one order',
    source: 'design 5.3',
    attack: async (world) => {
      const room = await quickRoom(world);
      const product = await makeProduct(world, room, { per_customer_limit: 2 });
      return world.send(
        orderRequest(await reserve(world, room), { product, body: orderBody(product, { quantity: 3 }) }),
      );
    },
    refusal: refuse(409, 'purchase_limit'),
  },
  {
    id: 'limit-mailbox-case',
    title: 'a second order of one mailbox in other case',
    source: 'M18',
    attack: async (world) => {
      const room = await quickRoom(world);
      const product = await makeProduct(world, room, { per_customer_limit: 1 });
      const name = `case${world.next()}`;
      await world.prepare(
        orderRequest(await reserve(world, room), {
          product,
          body: orderBody(product, { email: `${name}@example.com` }),
        }),
      );
      return world.send(
        orderRequest(await reserve(world, room), {
          product,
          body: orderBody(product, { email: `${name.toUpperCase()}@EXAMPLE.COM` }),
        }),
      );
    },
    refusal: refuse(409, 'purchase_limit'),
  },
  {
    id: 'limit-stranger',
    title: 'a stranger’s unpaid order with the victim’s verified address uses up the victim’s limit',
    source: 'S24',
    needs: ['inbox'],
    attack: async (world) => {
      const { room, product, account, body } = await limitOfOne(world);
      const unpaid = { ...body, payment_method: 'pm_card_authenticationRequired' };
      await world.prepare(orderRequest(await reserve(world, room), { product, body: unpaid }));
      return world.send(orderRequest(await reserve(world, room), { product, body, headers: account }));
    },
    refusal: {
      status: [202],
      says: 'the victim buys',
      together: ([answer]) =>
        answer?.status === 202 ? undefined : `the victim gets ${answer?.status} ${codeOf(answer)}`,
    },
  },
  {
    id: 'limit-paid-of-stranger',
    title: 'a paid order with the victim’s verified address, and one more of the victim',
    source: 'ADR 0020',
    needs: ['inbox'],
    attack: async (world) => {
      const { room, product, account, body } = await limitOfOne(world);
      await pay(world, await reserve(world, room), product, body);
      return world.send(orderRequest(await reserve(world, room), { product, body, headers: account }));
    },
    refusal: refuse(409, 'purchase_limit'),
  },
  {
    id: 'limit-paid-of-owner',
    title: 'a guest’s order with an address whose owner has bought up to the limit',
    source: 'ADR 0020',
    needs: ['inbox'],
    attack: async (world) => {
      const { room, product, account, body } = await limitOfOne(world);
      await pay(world, await reserve(world, room), product, body, account);
      return world.send(orderRequest(await reserve(world, room), { product, body }));
    },
    refusal: refuse(409, 'purchase_limit'),
  },
  {
    id: 'limit-other-account',
    title: 'an account that types the address of another does not go first',
    source: 'ADR 0020',
    needs: ['inbox'],
    attack: async (world) => {
      const { room, product, body } = await limitOfOne(world);
      const unpaid = { ...body, payment_method: 'pm_card_authenticationRequired' };
      await world.prepare(orderRequest(await reserve(world, room), { product, body: unpaid }));
      const { cookie } = await openAccount(world);
      const headers = { cookie, origin: world.target.shop };
      return world.send(orderRequest(await reserve(world, room), { product, body, headers }));
    },
    refusal: refuse(409, 'purchase_limit'),
  },
  {
    id: 'sold-out',
    title: 'an order when nothing is left',
    source: 'design 5.3',
    attack: async (world) => {
      const room = await quickRoom(world);
      const product = await makeProduct(world, room, { stock: 1 });
      await world.prepare(orderRequest(await reserve(world, room), { product }));
      await world.operate('PUT', `/rooms/${room}/remaining`, { remaining: 1_000, held: 0, sold: 0 });
      return world.send(orderRequest(await reserve(world, room), { product }));
    },
    refusal: refuse(409, 'sold_out'),
  },
  {
    id: 'not-yet-on-sale',
    title: 'an order before the sale begins',
    source: 'design 5.3',
    attack: async (world) => {
      const room = await quickRoom(world);
      const product = await makeProduct(world, room, { sale_starts_at: '2099-01-01T00:00:00Z' });
      return world.send(orderRequest(await reserve(world, room), { product }));
    },
    refusal: refuse(409, 'not_on_sale'),
  },
  {
    id: 'no-longer-on-sale',
    title: 'an order after the sale',
    source: 'design 5.3',
    attack: async (world) => {
      const room = await quickRoom(world);
      const product = await makeProduct(world, room, { sale_ends_at: '2020-01-01T00:00:00Z' });
      return world.send(orderRequest(await reserve(world, room), { product }));
    },
    refusal: refuse(409, 'not_on_sale'),
  },
  {
    id: 'product-without-room',
    title: 'an order for a product that no room sells',
    source: 'design 5.3',
    attack: async (world) => {
      const product = await makeProduct(world, null);
      return world.send(orderRequest(await goodReservation(world), { product }));
    },
    refusal: refuse([403, 404, 409], ['token_wrong_room', 'product_unknown', 'not_on_sale']),
  },
  {
    id: 'key-other-body',
    title: 'one Idempotency-Key with another body',
    source: 'design 5.3',
    attack: async (world) => {
      const { room, product } = await quickShop(world);
      const good = await reserve(world, room);
      const key = randomUUID();
      await world.prepare(orderRequest(good, { product, key }));
      return world.send(orderRequest(good, { product, key, body: orderBody(product) }));
    },
    refusal: refuse([409, 422], ['invalid_request', 'token_spent']),
  },
  {
    id: 'key-of-other',
    title: 'the Idempotency-Key and body of another shopper reveal that order',
    source: 'OWASP API1:2023',
    attack: async (world) => {
      const { room, product } = await quickShop(world);
      const key = randomUUID();
      const body = orderBody(product);
      const first = await reserve(world, room);
      return [
        await world.send(orderRequest(first, { product, key, body })),
        await world.send(orderRequest(await reserve(world, room), { product, key, body })),
      ];
    },
    refusal: {
      status: [202, 409, 422],
      says: 'never the other’s order',
      together: ([own, other]) =>
        other?.status === 202 && idOf(own) === idOf(other)
          ? 'the order of another shopper was revealed'
          : undefined,
    },
  },
  {
    id: 'key-long',
    title: 'an Idempotency-Key of 5,000 characters',
    source: 'OWASP API4:2023',
    attack: async (world) => {
      const { room, product } = await quickShop(world);
      return world.send(orderRequest(await reserve(world, room), { product, key: 'k'.repeat(5_000) }));
    },
    refusal: refuse([400, 422]),
  },
  {
    id: 'key-empty',
    title: 'an empty Idempotency-Key',
    source: 'Idempotency-Key draft 2.1',
    attack: async (world) => {
      const { room, product } = await quickShop(world);
      return world.send(orderRequest(await reserve(world, room), { product, key: '' }));
    },
    refusal: refuse([202, 400, 422]),
  },
  {
    id: 'form',
    title: 'an order as a form of another site would send it',
    source: 'OWASP CSRF',
    attack: async (world) => {
      const { room, product } = await quickShop(world);
      const { token, binding } = await reserve(world, room);
      return world.send({
        method: 'POST',
        path: '/v1/orders',
        headers: {
          authorization: `Bearer ${token}`,
          'x-binding': binding,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: `product_id=${product}&quantity=1&email=a%40example.com&payment_method=pm_card_visa`,
      });
    },
    refusal: refuse([400, 415, 422]),
  },
  {
    id: 'invalid-utf8',
    title: 'an order that is not UTF-8',
    source: 'RFC 8259 8.1',
    attack: async (world) => {
      const { room, product } = await quickShop(world);
      const request = orderRequest(await reserve(world, room), { product, body: {} });
      const { json: _, ...bare } = request;
      const body = Buffer.from(
        JSON.stringify(orderBody(product, { destination: { country: 'US', region: 'XX' } })).replace(
          'XX',
          '\u00ff\u00fe',
        ),
        'latin1',
      );
      return world.send({ ...bare, headers: { ...bare.headers, 'content-type': 'application/json' }, body });
    },
    refusal: refuse([202, 400, 422]),
  },
  {
    id: 'compressed',
    title: 'a compressed order',
    source: 'RFC 9110 15.5.16',
    attack: async (world) => {
      const { room, product } = await quickShop(world);
      const request = orderRequest(await reserve(world, room), { product, body: {} });
      const { json: _, ...bare } = request;
      return world.send({
        ...bare,
        headers: { ...bare.headers, 'content-type': 'application/json', 'content-encoding': 'gzip' },
        body: Buffer.from('1f8b0800000000000003', 'hex'),
      });
    },
    refusal: refuse([400, 415, 422]),
  },
  {
    id: 'put',
    title: 'an order by PUT',
    source: 'RFC 9110 15.5.6',
    attack: (world) => world.send({ method: 'PUT', path: '/v1/orders', json: {} }),
    refusal: refuse([404, 405]),
  },
  {
    id: 'list-all',
    title: 'all orders by GET',
    source: 'OWASP API5:2023',
    attack: (world) => world.send({ path: '/v1/orders' }),
    refusal: refuse([401, 404, 405]),
  },
  {
    id: 'cancel-twice',
    title: 'a second cancel gives no second unit back',
    source: 'design 5.3',
    attack: async (world) => {
      const order = await placeOrder(world, { payment_method: 'pm_card_authenticationRequired' });
      const path = `/v1/orders/${order.id}/cancel`;
      return Promise.all(
        Array.from({ length: 10 }, () => world.send({ method: 'POST', path, headers: ord(order) })),
      );
    },
    refusal: {
      status: [200, 409],
      says: 'no answer but 200 and 409',
      together: (answers) =>
        answers.every(({ status }) => status === 200 || status === 409)
          ? undefined
          : `answered ${answers.map(({ status }) => status)}`,
    },
  },
  {
    id: 'cancel-paid',
    title: 'a cancel of a paid order',
    source: 'design 5.3',
    attack: async (world) => {
      const order = await placeOrder(world);
      await untilPaid(world, order);
      return world.send({ method: 'POST', path: `/v1/orders/${order.id}/cancel`, headers: ord(order) });
    },
    refusal: refuse(409, 'order_not_cancellable'),
  },
  {
    id: 'cancel-get',
    title: 'a cancel by GET, as a link would make it',
    source: 'RFC 9110 9.2.1',
    attack: async (world) => {
      const order = await strangersOrder(world);
      return world.send({ path: `/v1/orders/${order.id}/cancel`, headers: ord(order) });
    },
    refusal: refuse([404, 405]),
  },
  {
    id: 'token-in-query',
    title: 'an order with its token in the address',
    source: 'RFC 6750 2.3',
    attack: async (world) => {
      const order = await strangersOrder(world);
      return world.send({
        path: `/v1/orders/${order.id}?order_token=${order.token}&access_token=${order.token}`,
      });
    },
    refusal: refuse([401, 403, 404]),
  },
  {
    id: 'cached',
    title: 'an order that a cache may keep',
    source: 'RFC 9111 5.2.2.5',
    attack: async (world) => {
      const order = await strangersOrder(world);
      return world.send({ path: `/v1/orders/${order.id}`, headers: ord(order) });
    },
    refusal: NOT_CACHED,
  },
  {
    id: 'refund-by-shopper',
    title: 'a shopper refunds the own order by the operators’ call',
    source: 'OWASP API5:2023',
    attack: async (world) => {
      const order = await strangersOrder(world);
      return world.send({
        method: 'POST',
        path: `/v1/admin/orders/${order.id}/refund`,
        headers: ord(order),
        json: {},
      });
    },
    refusal: refuse([401, 403], ['key_invalid', 'key_missing']),
  },
  {
    id: 'refund-unpaid',
    title: 'a refund of an order that was never paid',
    source: 'design 5.3',
    attack: async (world) => {
      const order = await placeOrder(world, { payment_method: 'pm_card_authenticationRequired' });
      return world.send({
        method: 'POST',
        path: `/v1/admin/orders/${order.id}/refund`,
        headers: { authorization: `Bearer ${world.adminKey}` },
        json: { reason: 'abuse suite' },
      });
    },
    refusal: refuse(409, 'order_not_refundable'),
  },
  {
    id: 'streams',
    title: 'forty streams of one order',
    source: 'S21',
    alone: true,
    attack: async (world) => {
      const order = await placeOrder(world, { payment_method: 'pm_card_authenticationRequired' });
      const stay = await openStreams(
        world.target.origin,
        { path: `/v1/orders/${order.id}/events`, headers: ord(order) },
        40,
      );
      return {
        status: 200,
        headers: {},
        text: String(stay),
        ms: 0,
        sent: `40 × GET /v1/orders/${order.id}/events`,
      };
    },
    refusal: {
      status: [200],
      says: 'at most three stay open',
      together: ([answer]) =>
        Number(answer?.text) <= 3 ? undefined : `${answer?.text} streams of one order stay open`,
    },
  },
  {
    id: 'stock-below',
    title: 'an operator removes sold units',
    source: 'design 5.4',
    attack: async (world) => {
      const shop = await ownShop(world, 'stock');
      await world.prepare(orderRequest(await reserve(world, shop.room), shop));
      return world.send({
        method: 'POST',
        path: `/v1/admin/products/${shop.product}/stock`,
        headers: { authorization: `Bearer ${world.adminKey}` },
        json: { delta: -1_000 },
      });
    },
    refusal: refuse(409, 'stock_out_of_range'),
  },
  {
    id: 'stock-beyond',
    title: 'more units than a column holds',
    source: 'S7',
    attack: async (world) => {
      const { product } = await quickShop(world);
      return world.send({
        method: 'POST',
        path: `/v1/admin/products/${product}/stock`,
        headers: { authorization: `Bearer ${world.adminKey}` },
        json: { delta: 1_000_000_000 },
      });
    },
    refusal: refuse([409, 422], ['stock_out_of_range', 'invalid_request']),
  },
];

export const orders = family(
  'orders',
  'orders that ask for what is not theirs: prices, quantities, other people’s orders, a token or the last unit twice',
  [...BODIES.map(badBody), ...strangers, ...byId, ...OTHERS],
  ['admin-key'],
);
