import { z } from 'zod';

/** What more than one program reads of the HTTP API: the gateway and the checkout answer it; workers, demo and load tests read it. */

export const ROOM_STATES = ['scheduled', 'lobby', 'open', 'paused', 'sold_out', 'closed'] as const;
export type RoomState = (typeof ROOM_STATES)[number];

export const TICKET_STATES = [
  'lobby',
  'waiting',
  'called',
  'admitted',
  'completed',
  'expired',
  'left',
  'revoked',
] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export const ORDER_STATES = [
  'pending_payment',
  'paid',
  'payment_failed',
  'expired',
  'cancelled',
  'refunded',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** `PUT /v1/admin/rooms/{room}/remaining`: the shop's stock signal. An older `version` never overwrites a newer one. */
export const stockSignal = z
  .object({
    remaining: z.number().int().min(0).max(1e9),
    held: z.number().int().min(0).max(1e9),
    sold: z.number().int().min(0).max(1e9),
    version: z.number().int().min(0).optional(),
  })
  .strict();
export type StockSignal = z.infer<typeof stockSignal>;

export const etaSeconds = z.object({ low: z.number().int(), high: z.number().int() });

/** Why the estimated wait has grown since it was last asked for, or why there is none. */
export const ETA_REASONS = ['rate_lowered', 'shop_busy', 'stock_low', 'paused', 'catching_up'] as const;
export type EtaReason = (typeof ETA_REASONS)[number];

/** `GET …/tickets/me` */
export const ticketStatus = z.object({
  state: z.enum(TICKET_STATES),
  /** The room's own state, so that a waiter learns of a pause or the end without a second question. */
  room_state: z.enum(ROOM_STATES).optional(),
  number: z.number().int().nullable(),
  ahead: z.number().int().nullable(),
  eta_seconds: etaSeconds.nullable(),
  eta_reason: z.enum(ETA_REASONS).optional(),
  poll_after_ms: z.number().int(),
  claim_by: z.iso.datetime().optional(),
  order_url: z.string().optional(),
  message: z.string().optional(),
  /** There for tickets of the priority line: number and ahead count within it. */
  line: z.literal('priority').optional(),
});
export type TicketStatus = z.infer<typeof ticketStatus>;

/** `POST …/tickets` */
export const joinAnswer = ticketStatus.extend({
  ticket: z.string().startsWith('tkt_'),
  /** In a lottery room: what anybody needs, with seed and size from the status after the draw, to compute the number. */
  lottery_receipt: z
    .object({ room: z.string(), epoch: z.number().int(), index: z.number().int(), commitment: z.string() })
    .optional(),
  room: z.object({
    id: z.string(),
    name: z.string(),
    state: z.enum(ROOM_STATES),
    opens_at: z.iso.datetime().nullable(),
    /** As in the room's status, so that the first view of a place is whole. */
    admissions_per_minute: z.number().int(),
  }),
});
export type JoinAnswer = z.infer<typeof joinAnswer>;

/** `POST …/tickets/me/claim`; `binding` is there for apps (Bearer), browsers get it as a cookie. */
export const claimAnswer = z.object({
  reservation_token: z.string(),
  expires_at: z.iso.datetime(),
  checkout_url: z.string(),
  binding: z.string().optional(),
});
export type ClaimAnswer = z.infer<typeof claimAnswer>;

/** How near a turn may be when its reminder goes out: so many tickets ahead, or so many minutes by the estimate. */
export const REMIND_AHEAD = [10, 25, 50, 100, 250, 500, 1_000] as const;
export const REMIND_MINUTES = [2, 5, 10, 15, 30] as const;

/** `PUT …/tickets/me/reminder`: `ahead` or `minutes`, rounded up to the next of those above; without both, 10 minutes. */
export const reminderRequest = z
  .strictObject({
    email: z.email().max(254),
    /** BCP 47: the language of the mail; without it, the one of `Accept-Language`. */
    locale: z
      .string()
      .max(35)
      .regex(/^[A-Za-z0-9-]+$/, 'must be a BCP 47 language tag')
      .optional(),
    ahead: z
      .number()
      .int()
      .min(1)
      .max(REMIND_AHEAD.at(-1) ?? 0)
      .optional(),
    minutes: z
      .number()
      .int()
      .min(1)
      .max(REMIND_MINUTES.at(-1) ?? 0)
      .optional(),
  })
  .refine(({ ahead, minutes }) => ahead === undefined || minutes === undefined, {
    path: ['ahead'],
    error: 'cannot stand beside minutes',
  });
export type ReminderRequest = z.infer<typeof reminderRequest>;

/** `set`: the mail is to come, and until the turn the place is kept without asking. `sent`: it is on its way or came; no other follows. */
export const reminderAnswer = z.object({
  state: z.enum(['set', 'sent']),
  /** What holds, of the two. */
  ahead: z.number().int().optional(),
  minutes: z.number().int().optional(),
});
export type ReminderAnswer = z.infer<typeof reminderAnswer>;

/** `GET /v1/rooms/{room}/status` */
export const roomStatus = z.object({
  state: z.enum(ROOM_STATES),
  serving: z.number().int(),
  waiting: z.number().int(),
  active: z.number().int(),
  admissions_per_minute: z.number().int(),
  remaining: z.number().int().nullable(),
  opens_at: z.iso.datetime().nullable(),
  lottery: z
    .object({ commitment: z.string(), seed: z.string().optional(), size: z.number().int().optional() })
    .nullable(),
  updated_at: z.iso.datetime(),
});
export type RoomStatus = z.infer<typeof roomStatus>;

/** Where an order goes to, for tax and shipping. */
export const destination = z.strictObject({
  /** ISO 3166-1, two letters. */
  country: z.string().regex(/^[A-Z]{2}$/, 'must be a country code of two capitals (ISO 3166-1)'),
  region: z.string().min(1).max(64).optional(),
  postal_code: z.string().min(1).max(16).optional(),
});
export type Destination = z.infer<typeof destination>;

/** An order has so many different products at most. */
export const MOST_ITEMS = 10;

const productId = z.string().min(1).max(64);
const quantity = z.number().int().min(1).max(100);

/** `POST /v1/orders`: one product with `product_id` and `quantity`, or several of one room with `items`. */
export const orderRequest = z
  .strictObject({
    product_id: productId.optional(),
    quantity: quantity.optional(),
    items: z
      .array(z.strictObject({ product_id: productId, quantity }))
      .min(1)
      .max(MOST_ITEMS)
      .optional(),
    email: z.email().max(254),
    payment_method: z.string().regex(/^pm_\w{1,100}$/, 'must be a payment method id (pm_…)'),
    destination: destination.optional(),
    /** BCP 47: the language of the order's mails; without it, the one of `Accept-Language`. */
    locale: z
      .string()
      .max(35)
      .regex(/^[A-Za-z0-9-]+$/, 'must be a BCP 47 language tag')
      .optional(),
  })
  .superRefine(({ product_id, quantity, items }, refuse) => {
    const fault = (field: string, message: string) =>
      refuse.addIssue({ code: 'custom', path: [field], message });
    if (!items) {
      if (product_id === undefined) fault('product_id', 'is required');
      if (quantity === undefined) fault('quantity', 'is required');
      return;
    }
    if (product_id !== undefined || quantity !== undefined)
      fault('items', 'cannot stand beside product_id and quantity');
    if (new Set(items.map((item) => item.product_id)).size < items.length)
      fault('items', 'must be different products');
  });
export type OrderRequest = z.infer<typeof orderRequest>;

/** Money that came after the order had ended: it bought what was still there, or it goes back. */
export const LATE_PAYMENTS = ['bought', 'refunded'] as const;

/** `GET /v1/orders/{id}` and `POST /v1/orders/{id}/cancel`, as it is; `POST /v1/orders` wraps it with its token. */
export const orderDocument = z.object({
  id: z.uuid(),
  state: z.enum(ORDER_STATES),
  /** The first item's. */
  product_id: z.string(),
  quantity: z.number().int(),
  items: z.array(
    z.object({ product_id: z.string(), quantity: z.number().int(), unit_price: z.number().int() }),
  ),
  /** Minor units of `currency`, as all amounts here. */
  subtotal: z.number().int(),
  tax: z.number().int(),
  shipping: z.number().int(),
  total: z.number().int(),
  currency: z.string().length(3),
  email: z.string(),
  hold_until: z.iso.datetime(),
  created_at: z.iso.datetime(),
  /** Where the shopper completes a 3-D Secure step, while one is asked for. */
  action_url: z.string().optional(),
  /** There when the money came after the hold had run out. */
  late_payment: z.enum(LATE_PAYMENTS).optional(),
});
export type OrderDocument = z.infer<typeof orderDocument>;

export const orderAnswer = z.object({ order: orderDocument, order_token: z.string().startsWith('ord_') });
export type OrderAnswer = z.infer<typeof orderAnswer>;

/** `GET /v1/products/{id}` */
export const productDocument = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** Minor units of `currency`. */
  price: z.number().int(),
  currency: z.string().length(3),
  room: z.string().nullable(),
  per_customer_limit: z.number().int(),
  /** When it is on sale: from the one, and before the other; null: no limit. */
  sale_starts_at: z.iso.datetime().nullable(),
  sale_ends_at: z.iso.datetime().nullable(),
  availability: z.enum(['available', 'low', 'reserved', 'sold_out']),
});
export type ProductDocument = z.infer<typeof productDocument>;

/** `GET /v1/products` */
export const productList = z.object({ products: z.array(productDocument) });
export type ProductList = z.infer<typeof productList>;

/** `GET /v1/payments/options` */
export const paymentOptions = z.object({
  /** The provider's form for cards; null: only test cards are taken. */
  card_form: z.object({ script: z.url(), publishable_key: z.string() }).nullable(),
});
export type PaymentOptions = z.infer<typeof paymentOptions>;
