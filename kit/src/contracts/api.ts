import { emailAddress } from './email-address.ts';
import { MAX_ITEMS, ORDER_QUANTITY } from './limits.ts';
import { count, country, exactLine, integer, languageTag, line, productId } from './text.ts';
import { z } from './zod.ts';

/**
 * Shapes of the HTTP API that several programs use: gateway and checkout answer with them; workers, demo and load tests
 * read them.
 */

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
    remaining: integer(0, 1e9),
    held: integer(0, 1e9),
    sold: integer(0, 1e9),
    version: integer(0, Number.MAX_SAFE_INTEGER).optional(),
  })
  .strict()
  .openapi('StockSignal');
export type StockSignal = z.infer<typeof stockSignal>;

export const etaSeconds = z.object({ low: count, high: count }).openapi('EtaSeconds');

/** Why the estimated wait has grown since the last answer, or why there is none. */
export const ETA_REASONS = ['rate_lowered', 'shop_busy', 'stock_low', 'paused', 'catching_up'] as const;
export type EtaReason = (typeof ETA_REASONS)[number];

const ticketFields = {
  state: z.enum(TICKET_STATES),
  /** The room's state, so that a waiting client learns of a pause or the end without a second request. */
  room_state: z.enum(ROOM_STATES).optional(),
  number: count.nullable(),
  ahead: count.nullable(),
  eta_seconds: etaSeconds.nullable(),
  eta_reason: z.enum(ETA_REASONS).optional(),
  poll_after_ms: count,
  claim_by: z.iso.datetime().optional(),
  order_url: z.string().optional(),
  message: z.string().optional(),
  /** Only for tickets of the priority line: number and ahead count within it. */
  line: z.literal('priority').optional(),
};

/** `GET …/tickets/me` */
export const ticketStatus = z.object(ticketFields).openapi('TicketStatus');
export type TicketStatus = z.infer<typeof ticketStatus>;

/** The body of `POST …/tickets`. */
export const joinRequest = z
  .strictObject({
    /** Rooms with `one_place_per: email` need it from newcomers. */
    email: emailAddress.optional(),
    /** An invite or priority code. */
    code: exactLine({ least: 0, most: 500 }).optional(),
    /** Base64 of `{ challenge, solution }`, for a room that requires a proof of work. */
    proof: exactLine({ least: 0, most: 4_000 }).optional(),
    locale: z.union([languageTag, z.literal('')]).optional(),
  })
  .openapi('JoinRequest');
export type JoinRequest = z.output<typeof joinRequest>;

/** `POST …/tickets` */
export const joinAnswer = z
  .object({
    ...ticketFields,
    ticket: z.string().startsWith('tkt_'),
    /**
     * In a lottery room: what you need to compute the number, together with seed and size from the room status after the
     * draw.
     */
    lottery_receipt: z
      .object({
        room: z.string(),
        epoch: count,
        index: count,
        commitment: z.string(),
        version: count,
      })
      .optional(),
    room: z.object({
      id: z.string(),
      name: z.string(),
      state: z.enum(ROOM_STATES),
      opens_at: z.iso.datetime().nullable(),
      /** As in the room status, so that the first view is complete. */
      admissions_per_minute: count,
    }),
  })
  .openapi('Ticket');
export type JoinAnswer = z.infer<typeof joinAnswer>;

/** `POST …/tickets/me/claim`; `binding` is for apps (Bearer), browsers get it as a cookie. */
export const claimAnswer = z
  .object({
    reservation_token: z.string(),
    expires_at: z.iso.datetime(),
    checkout_url: z.string(),
    binding: z.string().optional(),
  })
  .openapi('Claim');
export type ClaimAnswer = z.infer<typeof claimAnswer>;

/** When a reminder is sent: at so many tickets ahead, or so many estimated minutes before the turn. */
export const REMIND_AHEAD = [10, 25, 50, 100, 250, 500, 1_000] as const;
export const REMIND_MINUTES = [2, 5, 10, 15, 30] as const;

/**
 * `PUT …/tickets/me/reminder`: `ahead` or `minutes`, rounded up to the next value of the lists above; without both, 10
 * minutes.
 */
export const reminderRequest = z
  .strictObject({
    email: emailAddress,
    /** BCP 47: the language of the mail; default: from `Accept-Language`. */
    locale: languageTag.optional(),
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
    error: 'cannot be combined with minutes',
  })
  .openapi('ReminderRequest');
export type ReminderRequest = z.infer<typeof reminderRequest>;

/**
 * `set`: the mail will be sent, and the place is kept until the turn even without polling. `sent`: it was sent; no
 * other follows.
 */
export const reminderAnswer = z
  .object({
    state: z.enum(['set', 'sent']),
    /** The one of the two that applies. */
    ahead: count.optional(),
    minutes: count.optional(),
  })
  .openapi('Reminder');
export type ReminderAnswer = z.infer<typeof reminderAnswer>;

/** `GET /v1/rooms/{room}/status` */
export const roomStatus = z
  .object({
    state: z.enum(ROOM_STATES),
    serving: count,
    waiting: count,
    active: count,
    admissions_per_minute: count,
    remaining: count.nullable(),
    opens_at: z.iso.datetime().nullable(),
    lottery: z
      .object({
        /** How the draw is made, and its commitment: see docs/fairness.md. */
        version: count,
        commitment: z.string(),
        seed: z.string().optional(),
        size: count.optional(),
      })
      .nullable(),
    /** Holders of priority codes: their maximum share of all calls, how many were called, how many wait. */
    priority: z.object({ share: z.number(), called: count, waiting: count }).optional(),
    updated_at: z.iso.datetime(),
  })
  .openapi('RoomStatus');
export type RoomStatus = z.infer<typeof roomStatus>;

/** The destination of an order, for tax and shipping. */
export const destination = z
  .strictObject({
    country,
    region: line({ most: 64 }).optional(),
    postal_code: line({ most: 16 }).optional(),
  })
  .openapi('Destination');
export type Destination = z.infer<typeof destination>;

const quantity = integer(ORDER_QUANTITY.least, ORDER_QUANTITY.most);

/** `POST /v1/orders`: one product with `product_id` and `quantity`, or several of one room with `items`. */
export const orderRequest = z
  .strictObject({
    product_id: productId.optional(),
    quantity: quantity.optional(),
    items: z
      .array(z.strictObject({ product_id: productId, quantity }))
      .min(1)
      .max(MAX_ITEMS)
      .optional(),
    email: emailAddress,
    payment_method: z.string().regex(/^pm_\w{1,100}$/, 'must be a payment method id (pm_…)'),
    destination: destination.optional(),
    /** BCP 47: the language of the order's mails; default: from `Accept-Language`. */
    locale: languageTag.optional(),
  })
  .superRefine(({ product_id, quantity, items }, refuse) => {
    const addIssue = (field: string, message: string) =>
      refuse.addIssue({ code: 'custom', path: [field], message });
    if (!items) {
      if (product_id === undefined) addIssue('product_id', 'is required');
      if (quantity === undefined) addIssue('quantity', 'is required');
      return;
    }
    if (product_id !== undefined || quantity !== undefined)
      addIssue('items', 'cannot be combined with product_id and quantity');
    if (new Set(items.map((item) => item.product_id)).size < items.length)
      addIssue('items', 'must be different products');
  })
  .openapi('OrderRequest');
export type OrderRequest = z.infer<typeof orderRequest>;

/** Money that arrived after the order had ended: it bought what was still available, or it is refunded. */
export const LATE_PAYMENTS = ['bought', 'refunded'] as const;

/**
 * `GET /v1/orders/{id}` and `POST /v1/orders/{id}/cancel` answer with this; `POST /v1/orders` wraps it with its token.
 */
export const orderDocument = z
  .object({
    id: z.uuid(),
    state: z.enum(ORDER_STATES),
    /** Of the first item. */
    product_id: z.string(),
    quantity: count,
    items: z.array(z.object({ product_id: z.string(), quantity: count, unit_price: count })),
    /** Minor units of `currency`, like all amounts here. */
    subtotal: count,
    tax: count,
    shipping: count,
    total: count,
    currency: z.string().length(3),
    email: z.string(),
    hold_until: z.iso.datetime(),
    created_at: z.iso.datetime(),
    /** Where the shopper completes a 3-D Secure step; only while one is required. */
    action_url: z.string().optional(),
    /** Only when the money arrived after the hold had expired. */
    late_payment: z.enum(LATE_PAYMENTS).optional(),
    /** How much of the total was refunded so far; only when something was. */
    refunded_amount: count.optional(),
  })
  .openapi('Order');
export type OrderDocument = z.infer<typeof orderDocument>;

export const orderAnswer = z
  .object({ order: orderDocument, order_token: z.string().startsWith('ord_') })
  .openapi('PlacedOrder');
export type OrderAnswer = z.infer<typeof orderAnswer>;

/** `GET /v1/products/{id}` */
export const productDocument = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    /** Minor units of `currency`. */
    price: count,
    currency: z.string().length(3),
    room: z.string().nullable(),
    per_customer_limit: count,
    /** The sale window: starts at the first, ends before the second; null: no limit. */
    sale_starts_at: z.iso.datetime().nullable(),
    sale_ends_at: z.iso.datetime().nullable(),
    availability: z.enum(['available', 'low', 'reserved', 'sold_out']),
  })
  .openapi('Product');
export type ProductDocument = z.infer<typeof productDocument>;

/** `GET /v1/products` */
export const productList = z.object({ products: z.array(productDocument) }).openapi('ProductList');
export type ProductList = z.infer<typeof productList>;

/** `GET /v1/payments/options` */
export const paymentOptions = z
  .object({
    /** The provider's card form; null: only test cards are accepted. */
    card_form: z.object({ script: z.url(), publishable_key: z.string() }).nullable(),
  })
  .openapi('PaymentOptions');
export type PaymentOptions = z.infer<typeof paymentOptions>;

/** `POST /v1/payments/webhook` */
export const receivedEvent = z.object({ received: z.literal(true) }).openapi('ReceivedEvent');

/** `POST /v1/admin/orders/{id}/refund` */
export const refundRequest = z.strictObject({ reason: line({ most: 200 }) }).openapi('RefundRequest');
export const refundAnswer = z.object({ order_id: z.uuid(), asked_before: z.boolean() }).openapi('Refund');

/** `GET …/challenge`: a proof of work, version 2 of ALTCHA's protocol. */
export const challenge = z
  .object({
    parameters: z.object({
      algorithm: z.literal('PBKDF2/SHA-256'),
      /** Rounds of one derivation. */
      cost: count,
      data: z.object({ room: z.string(), epoch: count }),
      /** Unix seconds. */
      expiresAt: count,
      keyLength: count,
      keyPrefix: z.string(),
      keySignature: z.string(),
      nonce: z.string(),
      salt: z.string(),
    }),
    signature: z.string(),
  })
  .openapi('Challenge');

/** `GET /healthz` and `GET /readyz` */
export const health = z.object({ status: z.string() }).openapi('Health');
