import { DEFAULT_SETTINGS } from '../contracts/rooms.ts';

/**
 * One example for each body and each answer, by the name of its schema. `npm run lint` checks each against its schema,
 * and a test that none is missing.
 */

const AT = '2026-11-27T09:00:00.000Z';
const LATER = '2026-11-27T09:10:00.000Z';
const UUID = '0199f3a2-7c1e-7d64-9b1f-3f2f6c1d2a4b';
const OTHER_UUID = '0199f3a2-9a00-7c33-8f0e-54b2d1c0aa17';

const settings = { ...DEFAULT_SETTINGS, name: 'Launch day', opens_at: AT, max_quantity: 2 };
const room = { id: 'launch', ...settings, state: 'open', draining: false, version: 3 };
const stats = {
  ...{ state: 'open', draining: false, version: 3, issued: 1_200, serving: 400, waiting: 780 },
  ...{ priority: { issued: 20, serving: 20, waiting: 0 }, active: 310, calls_in_last_minute: 600 },
  ...{ admissions_per_minute: 600, max_active: 500 },
  counted: { since: AT, joins: 1_220, calls: 420, drop_outs: 20 },
  eta_seconds: { low: 70, high: 95 },
  eta_reason: null,
  eta_accuracy: { waits: 400, median: 1.02, within_quarter: 0.93 },
  pace: { measured_per_minute: 598.5, free_slots: 190, slots_freed_per_minute: 120.4, drop_share: 0.02 },
  ...{ remaining: 640, held: 60, sold: 300, updated_at: LATER },
};
const summary = { id: 'launch', name: 'Launch day', rehearsal: false, opens_at: AT, stats };
const ticket = {
  ...{ state: 'waiting', room_state: 'open', number: 1_201, ahead: 780 },
  ...{ eta_seconds: { low: 70, high: 95 }, poll_after_ms: 4_000 },
};
const item = { product_id: 'sneaker', quantity: 1 };
const order = {
  ...{ id: UUID, state: 'pending_payment', ...item, items: [{ ...item, unit_price: 12_900 }] },
  ...{ subtotal: 12_900, tax: 0, shipping: 0, total: 12_900, currency: 'EUR' },
  ...{ email: 'ann@example.com', hold_until: LATER, created_at: AT },
};
const product = {
  ...{ id: 'sneaker', name: 'Sneaker No. 1', description: 'White, limited to 1,000 pairs.' },
  ...{ price: 12_900, currency: 'EUR', room: 'launch', per_customer_limit: 2 },
  ...{ sale_starts_at: AT, sale_ends_at: null },
};
const adminProduct = { ...product, version: 1, stock: 1_000, available: 640, held: 60, sold: 300 };
const { id: _id, currency: _currency, ...productSettings } = product;
const codes = { kind: 'priority', count: 1, uses: 1, expires_at: LATER, label: 'newsletter' };
const key = {
  ...{ id: UUID, name: 'night shift', role: 'operator', prefix: 'adm_k3V9xQ', created_at: AT },
  revoked_at: null,
};
const webhook = {
  ...{ id: UUID, url: 'https://hooks.shop.example/waitroom', events: ['room.opened', 'room.sold_out'] },
  ...{ backlog_threshold: null, created_at: AT },
};
const deadLetter = {
  ...{ id: 42, queue: 'email', name: 'email.send', job_id: 'outbox-1201' },
  payload: { order_id: UUID, template: 'order_paid' },
  ...{ error: 'The mail server refused the address.', attempts: 9, failed_at: AT, resent_at: null },
};
const address = {
  ...{ name: 'Ann Example', line1: 'Kastanienallee 7', postal_code: '10435', city: 'Berlin', country: 'DE' },
};
const profile = { id: UUID, email: 'ann@example.com', name: 'Ann Example' };
const session = {
  ...{ id: UUID, current: true, user_agent: 'Mozilla/5.0', signed_in_at: AT, last_used_at: LATER },
  expires_at: '2026-12-27T09:00:00.000Z',
};
const template = { name: 'big-sale', settings: { admissions_per_minute: 1_200, queueing_method: 'lottery' } };
const password = 'correct horse battery';
const linkToken = 'acc_Zk3v9xQw8rTn';

export const EXAMPLES: Readonly<Record<string, unknown>> = {
  // Tickets
  JoinRequest: { email: 'ann@example.com', locale: 'de' },
  Ticket: {
    ...ticket,
    ticket: 'tkt_AZ3zL0mXq8w',
    room: { id: 'launch', name: 'Launch day', state: 'open', opens_at: AT, admissions_per_minute: 600 },
  },
  TicketStatus: ticket,
  Claim: {
    ...{ reservation_token: 'eyJhbGciOiJFUzI1NiJ9.eyJyb29tIjoibGF1bmNoIn0.c2lnbmF0dXJl', expires_at: LATER },
    ...{ checkout_url: '/shop', binding: 'bnd_5hN2kQ9sVtE' },
  },
  ReminderRequest: { email: 'ann@example.com', minutes: 10 },
  Reminder: { state: 'set', minutes: 10 },
  RoomStatus: {
    ...{ state: 'open', serving: 400, waiting: 780, active: 310, admissions_per_minute: 600, remaining: 640 },
    ...{ opens_at: AT, lottery: null, priority: { share: 0.25, called: 20, waiting: 0 }, updated_at: LATER },
  },
  Challenge: {
    parameters: {
      ...{ algorithm: 'PBKDF2/SHA-256', cost: 1_000, data: { room: 'launch', epoch: 1 } },
      ...{ expiresAt: 1_795_770_120, keyLength: 32, keyPrefix: '00' },
      ...{ keySignature: '9f2c', nonce: '1b7e', salt: '6a0d' },
    },
    signature: '4c1f',
  },
  // Shop and orders
  ProductList: { products: [{ ...product, availability: 'available' }] },
  Product: { ...product, availability: 'available' },
  OrderRequest: { ...item, email: 'ann@example.com', payment_method: 'pm_card_visa' },
  PlacedOrder: { order, order_token: `ord_${UUID}.Yk2v9xQw8rTn` },
  Order: order,
  RefundRequest: { reason: 'damaged on arrival' },
  Refund: { order_id: UUID, asked_before: false },
  PaymentOptions: { card_form: null },
  ReceivedEvent: { received: true },
  // Accounts
  SignUp: { name: 'Ann Example', email: 'ann@example.com', password },
  SignIn: { email: 'ann@example.com', password },
  EmailVerification: { token: linkToken, password },
  PasswordResetRequest: { email: 'ann@example.com' },
  PasswordReset: { token: linkToken, password },
  PasswordChange: { current_password: password, new_password: 'another long password' },
  AccountErasure: { password },
  Mailed: { status: 'mailed' },
  Profile: profile,
  Me: { ...profile, addresses: [address] },
  MeChange: { addresses: [address] },
  OwnOrders: { orders: [order], next: null },
  GuestOrders: { orders: [order] },
  SomeOrders: { order_ids: [UUID, OTHER_UUID] },
  AdoptedOrders: { adopted: 2 },
  DisownedOrders: { disowned: 1 },
  SessionList: { sessions: [session] },
  // Rooms
  Room: room,
  RoomList: { rooms: [room] },
  NewRoom: { id: 'launch', name: 'Launch day', opens_at: AT, admissions_per_minute: 600 },
  RoomSettings: { admissions_per_minute: 1_200, message: 'More pairs have arrived.' },
  RoomStats: stats,
  RoomSummaries: { rooms: [summary] },
  OrderTimes: { minutes: [{ at: AT, orders: 118, failed: 0, p50_ms: 21, p95_ms: 64 }] },
  Timeline: {
    ...{ from: AT, to: LATER, step_seconds: 600 },
    points: [
      {
        ...{ at: AT, waiting: 780, active: 310, serving: 400, issued: 1_200, calls: 420, joins: 1_220 },
        ...{ drop_outs: 20, remaining: 640, held: 60, sold: 300 },
      },
    ],
  },
  Admission: { count: 50 },
  Admitted: { called: 50 },
  Revocation: { number: 1_201 },
  Revoked: { number: 1_201, was: 'waiting' },
  StockSignal: { remaining: 640, held: 60, sold: 300, version: 7 },
  WantedCodes: codes,
  IssuedCodes: {
    ...codes,
    codes: ['pri_launch.1.k3V9xQw8rTn2.1.tgy0q0.Yk2v9xQw8rTn'],
    ids: ['k3V9xQw8rTn2'],
  },
  RoomTheme: { accent: '#0f6b55', accent_dark: '#7fd1b9', text: { en: 'Doors open at nine.' } },
  SettingsTemplate: template,
  SettingsTemplateList: { templates: [template] },
  RehearsalPlan: { shoppers: 500, seconds: 60 },
  StartedRehearsal: { shoppers: 500, seconds: 60, ends_at: LATER },
  RehearsalPass: { header: 'X-Rehearsal', pass: 'reh_Zk3v9xQw8rTn' },
  // Products
  AdminProductList: { products: [adminProduct] },
  AdminProduct: adminProduct,
  NewProduct: { ...product, stock: 1_000 },
  ProductSettings: productSettings,
  StockChange: { delta: 100 },
  // Operators
  WebhookList: { webhooks: [webhook] },
  NewWebhook: { url: webhook.url, events: webhook.events },
  CreatedWebhook: { ...webhook, secret: 'whs_Zk3v9xQw8rTn' },
  WebhookDeliveryList: {
    deliveries: [
      {
        ...{ id: 'launch.opened.1', event: 'room.opened', room: 'launch', state: 'delivered', attempts: 1 },
        ...{ created_at: AT, next_attempt_at: null, last_error: null },
      },
    ],
  },
  JobFigures: {
    at: AT,
    outbox: { jobs: 0, oldest_seconds: 0 },
    queues: [{ queue: 'email', waiting: 2, active: 1, delayed: 0, oldest_seconds: 0.4 }],
    attempts: { minutes: 5, queues: [{ queue: 'email', done: 120, later: 1, failed: 0 }] },
    payment: { breaker: 'closed' },
    dead_letters: { email: 1 },
  },
  DeadLetterPage: { dead_letters: [deadLetter], next_before: null },
  ResentDeadLetter: { id: 42, resent_before: false },
  OwnKey: { id: UUID, name: 'night shift', role: 'operator' },
  AdminKeyList: { keys: [key] },
  NewAdminKey: { name: 'night shift', role: 'operator' },
  CreatedAdminKey: { ...key, key: 'adm_k3V9xQw8rTn2Yk2v9xQw8rTn' },
  SigningKeyRotation: { kid: 'k2', signs_from: LATER, old_keys_until: '2026-11-27T09:20:00.000Z' },
  JsonWebKeySet: {
    keys: [{ kty: 'EC', crv: 'P-256', kid: 'k1', alg: 'ES256', use: 'sig', x: 'f83O', y: 'x_FE' }],
  },
  AuditPage: {
    entries: [
      {
        ...{ id: 7, at: AT, actor: `night shift (${UUID})`, role: 'operator', action: 'room.update' },
        ...{ target: 'launch', before: { max_active: 400 }, after: { max_active: 500 } },
      },
    ],
    next_before: null,
  },
  Health: { status: 'ok' },
};
