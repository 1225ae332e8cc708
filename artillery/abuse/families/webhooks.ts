import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { jsonOf } from '../answer.ts';
import { family, type Refusal, type Row, refuse } from '../case.ts';
import {
  type EventInput,
  eventBody,
  intentOf,
  newEventId,
  sendAndRead,
  signature,
  stays,
  waitingOrder,
  webhookRequest,
} from '../payment-events.ts';
import { type Order, placeOrder, untilPaid } from '../reservations.ts';
import type { World } from '../world.ts';

const now = () => Math.floor(Date.now() / 1_000);
const INVALID = refuse(400, 'signature_invalid');
const STRIPE = 'Stripe webhooks, verify signatures';

/** Ways to sign a valid event wrongly. */
type BadSigning = {
  id: string;
  title: string;
  sign: (world: World, body: string) => string | undefined;
  sent?: (body: string) => string;
};
const SIGNINGS: readonly BadSigning[] = [
  { id: 'missing', title: 'no signature', sign: () => undefined },
  { id: 'empty', title: 'an empty signature', sign: () => '' },
  { id: 'garbage', title: 'a word instead of a signature', sign: () => 'nonsense' },
  {
    id: 'other-secret',
    title: 'a signature under another secret',
    sign: (world, body) => signature(world, body, { secret: 'whsec_other' }),
  },
  {
    id: 'empty-secret',
    title: 'a signature under an empty secret',
    sign: (world, body) => signature(world, body, { secret: '' }),
  },
  {
    id: 'old',
    title: 'a signature of ten minutes ago',
    sign: (world, body) => signature(world, body, { at: now() - 600 }),
  },
  {
    id: 'no-time',
    title: 'a signature without its time',
    sign: (world, body) => signature(world, body).replace(/^t=\d+,/, ''),
  },
  {
    id: 'time-changed',
    title: 'another time than was signed',
    sign: (world, body) => signature(world, body, { at: now() - 600 }).replace(/^t=\d+/, `t=${now()}`),
  },
  {
    id: 'time-word',
    title: 'a time that is a word',
    sign: (world, body) => signature(world, body).replace(/^t=\d+/, 't=now'),
  },
  {
    id: 'time-negative',
    title: 'a time before 1970',
    sign: (world, body) => signature(world, body, { at: -1 }),
  },
  {
    id: 'scheme-v0',
    title: 'the test scheme v0 alone',
    sign: (world, body) => signature(world, body, { scheme: 'v0' }),
  },
  { id: 'scheme-missing', title: 'a time and nothing else', sign: () => `t=${now()}` },
  {
    id: 'mac-short',
    title: 'a signature cut to its half',
    sign: (world, body) => signature(world, body).slice(0, -32),
  },
  {
    id: 'mac-other-form',
    title: 'the signature in base64',
    sign: (world, body) => {
      const [time, mac] = signature(world, body).split(',v1=');
      return `${time},v1=${Buffer.from(mac ?? '', 'hex').toString('base64')}`;
    },
  },
  {
    id: 'body-changed',
    title: 'a body that was changed after signing',
    sign: (world, body) => signature(world, body),
    sent: (body) => body.replace('"livemode":false', '"livemode":true'),
  },
  {
    id: 'body-space',
    title: 'a body with a space more than was signed',
    sign: (world, body) => signature(world, body),
    sent: (body) => `${body} `,
  },
  {
    id: 'body-empty',
    title: 'no body under the signature of another',
    sign: (world, body) => signature(world, body),
    sent: () => '',
  },
  {
    id: 'many',
    title: 'two hundred wrong signatures in one header',
    sign: (world, body) =>
      `t=${now()},${Array.from({ length: 200 }, (_, at) => `v1=${signature(world, body, { secret: `s${at}` }).split('v1=')[1]}`).join(',')}`,
  },
];

/** Cases that sign with the right secret and then change something. */
const KNOWS_SECRET = new Set(
  'old no-time time-changed time-word time-negative scheme-v0 mac-short mac-other-form body-changed body-space body-empty'.split(
    ' ',
  ),
);

const badlySigned = ({ id, title, sign, sent = (body) => body }: BadSigning): Row => ({
  id: `signature-${id}`,
  title: `an event with ${title}`,
  source: STRIPE,
  needs: KNOWS_SECRET.has(id) ? ['webhook-secret'] : [],
  reduced: id === 'other-secret',
  attack: (world) => {
    const body = eventBody({});
    return world.send(webhookRequest(sent(body), sign(world, body)));
  },
  refusal: id === 'many' ? refuse([400, 431], ['signature_invalid', 'headers_too_large']) : INVALID,
});

/** Correctly signed bodies that are no event (S23): refused, or stored and ignored. */
const BODIES: readonly { id: string; title: string; body: string | Buffer; status?: readonly number[] }[] = [
  { id: 'null', title: 'null', body: 'null' },
  { id: 'list', title: 'a list', body: '[]' },
  { id: 'object', title: 'an empty object', body: '{}' },
  { id: 'text', title: 'a text', body: '"evt_1"' },
  { id: 'number', title: 'a number', body: '17' },
  { id: 'true', title: 'true', body: 'true' },
  { id: 'not-json', title: 'no JSON', body: 'id=evt_1&type=x', status: [400] },
  { id: 'half-json', title: 'half of a JSON', body: '{"id":"evt_1",', status: [400] },
  { id: 'empty', title: 'nothing', body: '', status: [400] },
  {
    id: 'without-id',
    title: 'an event without id',
    body: eventBody({ id: undefined }).replace(/"id":"evt_[^"]+",/, ''),
  },
  { id: 'id-null', title: 'an event whose id is null', body: eventBody({ id: null }) },
  { id: 'id-number', title: 'an event whose id is a number', body: eventBody({ id: 17 }) },
  { id: 'id-object', title: 'an event whose id is an object', body: eventBody({ id: { $ne: null } }) },
  {
    id: 'id-nul',
    title: 'an event with NUL in its id',
    body: eventBody({ id: `evt_\u0000${randomUUID().slice(0, 8)}` }),
  },
  {
    id: 'id-surrogate',
    title: 'an event with a lone surrogate in its id',
    body: eventBody({ id: 'evt_X' }).replace('evt_X', 'evt_\\ud83d'),
  },
  {
    id: 'id-long',
    title: 'an event with an id of 100,000 characters',
    body: eventBody({ id: `evt_${'a'.repeat(100_000)}` }),
  },
  { id: 'type-missing', title: 'an event without type', body: eventBody({ type: null }) },
  {
    id: 'type-list',
    title: 'an event whose type is a list',
    body: eventBody({ type: ['payment_intent.succeeded'] }),
  },
  {
    id: 'type-nul',
    title: 'an event with NUL in its type',
    body: eventBody({ type: 'payment_intent.succeeded\u0000' }),
  },
  {
    id: 'type-prototype',
    title: 'an event of the type constructor',
    body: eventBody({ type: 'constructor' }),
  },
  {
    id: 'data-missing',
    title: 'an event without data',
    body: JSON.stringify({ id: newEventId(), type: 'payment_intent.succeeded' }),
  },
  {
    id: 'data-null',
    title: 'an event whose object is null',
    body: JSON.stringify({ id: newEventId(), type: 'payment_intent.succeeded', data: { object: null } }),
  },
  {
    id: 'data-text',
    title: 'an event whose object is a text',
    body: JSON.stringify({ id: newEventId(), type: 'payment_intent.succeeded', data: { object: 'pi_1' } }),
  },
  {
    id: 'payload-nul',
    title: 'an event with NUL deep within',
    body: eventBody({ type: 'customer.created', object: { name: 'a\u0000b' } }),
  },
  {
    id: 'payload-surrogate',
    title: 'an event with a lone surrogate deep within',
    body: eventBody({ type: 'customer.created', object: { name: 'X' } }).replace('"X"', '"\\ud83d"'),
  },
  {
    id: 'order-id-sql',
    title: 'an event whose order id is SQL',
    body: eventBody({ object: { object: 'payment_intent', metadata: { order_id: "' or 1=1 --" } } }),
  },
  {
    id: 'order-id-object',
    title: 'an event whose order id is an object',
    body: eventBody({ object: { object: 'payment_intent', metadata: { order_id: {} } } }),
  },
  { id: 'deep', title: '20,000 lists within each other', body: `${'['.repeat(20_000)}${']'.repeat(20_000)}` },
  {
    id: 'proto',
    title: 'an event with a member __proto__',
    body: '{"__proto__":{"admin":true},"id":"evt_p","type":"x","data":{"object":{}}}',
  },
  {
    id: 'invalid-utf8',
    title: 'an event that is no UTF-8',
    body: Buffer.concat([
      Buffer.from('{"id":"evt_'),
      Buffer.of(0xff, 0xfe, 0xc0),
      Buffer.from('","type":"x"}'),
    ]),
  },
  {
    id: 'bom',
    title: 'an event after a byte order mark',
    body: `\ufeff${eventBody({ type: 'customer.created' })}`,
  },
];

const oddBody = ({ id, title, body, status = [200, 400] }: (typeof BODIES)[number]): Row => ({
  id: `body-${id}`,
  title: `correctly signed: ${title}`,
  source: 'S23',
  needs: ['webhook-secret'],
  attack: (world) => world.send(webhookRequest(body, signature(world, body))),
  refusal: refuse(status),
});

/** Events about a waiting order; only true ones may end it. */
type Claim = { id: string; title: string; source: string; event: (order: Order) => EventInput };
const CLAIMS: readonly Claim[] = [
  {
    id: 'yen',
    title: 'one yen was paid',
    source: 'S12',
    event: (order) => ({ object: intentOf(order, { amount: 1, amount_received: 1, currency: 'jpy' }) }),
  },
  {
    id: 'currency',
    title: 'the amount was paid in another currency',
    source: 'S12',
    event: (order) => ({ object: intentOf(order, { currency: 'huf' }) }),
  },
  {
    id: 'less',
    title: 'a hundredth was paid',
    source: 'M13',
    event: (order) => ({ object: intentOf(order, { amount: 49, amount_received: 49 }) }),
  },
  {
    id: 'received-less',
    title: 'the whole was asked for and less received',
    source: 'M13',
    event: (order) => ({ object: intentOf(order, { amount_received: 1 }) }),
  },
  {
    id: 'negative',
    title: 'a negative amount was paid',
    source: 'S12',
    event: (order) => ({ object: intentOf(order, { amount: -4_900, amount_received: -4_900 }) }),
  },
  {
    id: 'amount-text',
    title: 'the amount is a text',
    source: 'S12',
    event: (order) => ({ object: intentOf(order, { amount: '4900', amount_received: '4900' }) }),
  },
  {
    id: 'amount-missing',
    title: 'no amount is named',
    source: 'S12',
    event: (order) => ({ object: intentOf(order, { amount: undefined, amount_received: undefined }) }),
  },
  {
    id: 'other-payment',
    title: 'another payment with the order in its metadata',
    source: 'S12',
    event: (order) => ({ object: intentOf(order) }),
  },
  {
    id: 'not-succeeded',
    title: 'a payment that has not succeeded inside an event that says so',
    source: 'S12',
    event: (order) => ({ object: intentOf(order, { status: 'requires_payment_method' }) }),
  },
  {
    id: 'failed-unknown',
    title: 'an unknown payment failed',
    source: 'S23',
    event: (order) => ({
      type: 'payment_intent.payment_failed',
      object: intentOf(order, { status: 'requires_payment_method' }),
    }),
  },
  {
    id: 'cancelled-unknown',
    title: 'an unknown payment was cancelled',
    source: 'S23',
    event: (order) => ({ type: 'payment_intent.canceled', object: intentOf(order, { status: 'canceled' }) }),
  },
  {
    id: 'refunded-unknown',
    title: 'an unknown charge was refunded',
    source: 'S23',
    event: (order) => ({
      type: 'charge.refunded',
      object: {
        id: 'ch_abuse',
        object: 'charge',
        amount: 4_900,
        amount_refunded: 4_900,
        currency: 'eur',
        refunded: true,
        payment_intent: 'pi_abuse',
        metadata: { order_id: order.id },
      },
    }),
  },
  {
    id: 'charge-succeeded',
    title: 'a charge, not a payment, succeeded',
    source: 'S12',
    event: (order) => ({ type: 'charge.succeeded', object: { ...intentOf(order), object: 'charge' } }),
  },
];

const claimed = ({ id, title, source, event }: Claim): Row => ({
  id: `claim-${id}`,
  title: `a signed event says of a waiting order: ${title}`,
  source,
  needs: ['webhook-secret', 'admin-key'],
  attack: async (world) => {
    const order = await waitingOrder(world);
    return sendAndRead(world, order, event(order));
  },
  refusal: { status: [200], says: 'the order waits as before', together: stays('pending_payment') },
});

/** Addresses that an operator must not make the gateway call (SSRF). */
const ADDRESSES: readonly { id: string; url: string }[] = [
  { id: 'loopback', url: 'http://127.0.0.1:6379/' },
  { id: 'loopback-name', url: 'http://localhost:6379/' },
  { id: 'loopback-short', url: 'http://127.1/' },
  { id: 'loopback-decimal', url: 'http://2130706433/' },
  { id: 'loopback-octal', url: 'http://0177.0.0.1/' },
  { id: 'loopback-hex', url: 'http://0x7f000001/' },
  { id: 'loopback-v6', url: 'http://[::1]/' },
  { id: 'loopback-mapped', url: 'http://[::ffff:127.0.0.1]/' },
  { id: 'loopback-dot', url: 'http://127.0.0.1./' },
  { id: 'any', url: 'http://0.0.0.0/' },
  { id: 'private-10', url: 'http://10.0.0.5/' },
  { id: 'private-192', url: 'http://192.168.1.1/' },
  { id: 'metadata', url: 'http://169.254.169.254/latest/meta-data/' },
  { id: 'nat64', url: 'http://[64:ff9b::7f00:1]/' },
  { id: 'unique-local', url: 'http://[fd00::1]/' },
  { id: 'scheme-file', url: 'file:///etc/passwd' },
  { id: 'scheme-gopher', url: 'gopher://127.0.0.1:6379/_FLUSHALL' },
  { id: 'user', url: 'https://user:password@hooks.example.com/' },
];

const forwardedTo = ({ id, url }: (typeof ADDRESSES)[number]): Row => ({
  id: `send-to-${id}`,
  title: `an operator has events sent to ${url}`,
  source: 'OWASP API7:2023',
  needs: ['admin-key'],
  attack: (world) =>
    world.send({
      method: 'POST',
      path: '/v1/admin/webhooks',
      headers: { authorization: `Bearer ${world.adminKey}` },
      json: { url, events: ['room.opened'] },
    }),
  refusal: id.startsWith('loopback-name') ? LATER : refuse(422, 'invalid_request'),
});

/** A name is resolved when it is called; it may be stored, but is never reached. */
const LATER: Refusal = refuse([201, 422]);

const OTHERS: readonly Row[] = [
  {
    id: 'replayed',
    title: 'one event fifty times at once',
    source: 'design 5.3',
    needs: ['webhook-secret'],
    attack: (world) => {
      const body = eventBody({ type: 'customer.created', object: { id: 'cus_abuse' } });
      const sign = signature(world, body);
      return Promise.all(Array.from({ length: 50 }, () => world.send(webhookRequest(body, sign))));
    },
    refusal: {
      status: [200],
      says: 'each answered 200',
      together: (answers) =>
        answers.every(({ status }) => status === 200)
          ? undefined
          : `answered ${[...new Set(answers.map(({ status }) => status))]}`,
    },
  },
  {
    id: 'too-large',
    title: 'an event of 300 kB',
    source: 'OWASP API4:2023',
    needs: ['webhook-secret'],
    attack: (world) => {
      const body = eventBody({ object: { filler: 'x'.repeat(300_000) } });
      return world.send(webhookRequest(body, signature(world, body)));
    },
    refusal: refuse(413, 'body_too_large'),
  },
  {
    id: 'method-get',
    title: 'the webhook by GET',
    source: 'RFC 9110 15.5.6',
    attack: (world) => world.send({ path: '/v1/payments/webhook' }),
    refusal: refuse([404, 405]),
  },
  {
    id: 'as-admin',
    title: 'an admin key instead of a signature',
    source: 'OWASP API2:2023',
    needs: ['admin-key'],
    attack: (world) => {
      const body = eventBody({});
      return world.send(webhookRequest(body, undefined, { authorization: `Bearer ${world.adminKey}` }));
    },
    refusal: INVALID,
  },
  {
    id: 'signature-lower',
    title: 'a signature in another header',
    source: STRIPE,
    needs: ['webhook-secret'],
    attack: (world) => {
      const body = eventBody({});
      return world.send(webhookRequest(body, undefined, { 'x-stripe-signature': signature(world, body) }));
    },
    refusal: INVALID,
  },
  {
    id: 'compressed',
    title: 'a compressed event under the signature of its content',
    source: STRIPE,
    needs: ['webhook-secret'],
    attack: (world) => {
      const body = eventBody({});
      return world.send(
        webhookRequest(gzipSync(body), signature(world, body), { 'content-encoding': 'gzip' }),
      );
    },
    refusal: refuse([400, 415]),
  },
  {
    id: 'too-many-headers',
    title: 'two signatures as two headers, the good one second',
    source: STRIPE,
    needs: ['webhook-secret'],
    attack: (world) => {
      const body = eventBody({ type: 'customer.created' });
      return world.send(
        webhookRequest(body, undefined, { 'stripe-signature': ['t=1,v1=00', signature(world, body)] }),
      );
    },
    refusal: refuse([200, 400]),
  },
  {
    id: 'paid-twice',
    title: 'a second event of success for an order that is paid',
    source: 'M13',
    needs: ['webhook-secret', 'admin-key'],
    attack: async (world) => {
      const order = await placeOrder(world);
      await untilPaid(world, order);
      return sendAndRead(world, order, { object: intentOf(order, { amount: 1 }) });
    },
    refusal: {
      status: [200],
      says: 'the order is paid as before',
      together: (answers) =>
        stays('paid')(answers) ?? (jsonOf(answers[1]).total === 4_900 ? undefined : 'its total has changed'),
    },
  },
];

export const webhooks = family(
  'webhooks',
  'events of the payment provider that are unsigned, no events, or untrue; addresses that no event may be sent to',
  [
    ...SIGNINGS.map(badlySigned),
    ...BODIES.map(oddBody),
    ...CLAIMS.map(claimed),
    ...ADDRESSES.map(forwardedTo),
    ...OTHERS,
  ],
);
