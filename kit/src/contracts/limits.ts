/**
 * Limits and choices of the API. The schemas check them, and the forms of the dashboard and the shop show them. This
 * file has no import, so that a page can use it without zod.
 */

/** The least and the most of a number, or of the characters of a text. */
export type Range = { readonly least: number; readonly most: number };

/** The numbers among a room's settings. */
export const ROOM_NUMBERS = {
  /** Exact: calls in any 60 s. To stop admission, pause the room instead of setting 0. */
  admissions_per_minute: { least: 1, most: 60_000 },
  max_active: { least: 1, most: 1_000_000 },
  claim_seconds: { least: 5, most: 3_600 },
  token_ttl_seconds: { least: 1, most: 86_400 },
  abandon_after_seconds: { least: 10, most: 86_400 },
  poll_budget_rps: { least: 1, most: 1_000_000 },
  poll_min_ms: { least: 200, most: 60_000 },
  poll_max_ms: { least: 1_000, most: 600_000 },
  /** May have decimals. */
  stock_factor: { least: 1, most: 1_000 },
  /** A fraction with at most three decimals. */
  priority_share: { least: 0, most: 0.9 },
  max_quantity: { least: 1, most: 100 },
} as const satisfies Record<string, Range>;

/** Lengths of texts in characters (code points). */
export const ROOM_TEXTS = {
  name: { least: 1, most: 100 },
  message: { least: 0, most: 1_000 },
  checkout_url: { least: 1, most: 2_000 },
} as const satisfies Record<string, Range>;

/**
 * fifo: in the order of arrival; lottery: the lobby is drawn when the room opens, late-comers follow; passthrough:
 * everybody is called at once; reject: nobody can join.
 */
export const QUEUEING_METHODS = ['fifo', 'lottery', 'passthrough', 'reject'] as const;
/** email: a join sends an address, and each address has at most one live ticket. */
export const ONE_PLACE_PER = ['browser', 'email'] as const;
/** pow: a newcomer solves a proof of work before joining. */
export const CHALLENGES = ['none', 'pow'] as const;
/**
 * What protected paths do while neither Redis nor Postgres can check a reservation. closed: 503. open: a valid
 * signature is enough. In both cases no token is issued while Redis is unavailable.
 */
export const FAIL_MODES = ['closed', 'open'] as const;

/** What an operator can do with a room. */
export const ROOM_TRANSITIONS = ['open', 'pause', 'resume', 'drain', 'close', 'reset'] as const;
export type RoomTransition = (typeof ROOM_TRANSITIONS)[number];

/** The most tickets that one call admits by hand. */
export const MOST_ADMITTED_BY_HAND = 1_000;

export const CODE_KINDS = ['invite', 'priority'] as const;
export type CodeKind = (typeof CODE_KINDS)[number];
export const CODE_NUMBERS = {
  count: { least: 1, most: 1_000 },
  /** How many times each code can be used to join. */
  uses: { least: 1, most: 1_000_000 },
} as const satisfies Record<string, Range>;
export const CODE_LABEL = { least: 1, most: 200 } as const satisfies Range;

/** Texts of a theme. The logo is a `data:` address: 24 kB of picture, because a whole crowd loads it. */
export const THEME_TEXTS = {
  logo: { least: 0, most: 32_768 },
  text: { least: 1, most: 400 },
  css: { least: 0, most: 8_000 },
} as const satisfies Record<string, Range>;

export const PRODUCT_TEXTS = {
  name: { least: 1, most: 200 },
  description: { least: 0, most: 10_000 },
} as const satisfies Record<string, Range>;
export const PRODUCT_NUMBERS = {
  /** Minor units of the currency. */
  price: { least: 0, most: 2_000_000_000 },
  per_customer_limit: { least: 1, most: 1_000_000 },
  stock: { least: 0, most: 1_000_000_000 },
} as const satisfies Record<string, Range>;
/** The id of a new product, as an HTML `pattern`. */
export const NEW_PRODUCT_ID = '[a-z0-9][a-z0-9\\-]{0,62}';

/** The most different products in one order. */
export const MAX_ITEMS = 10;
/** Units of one product in one order. */
export const ORDER_QUANTITY = { least: 1, most: 100 } as const satisfies Range;

export const KEY_NAME = { least: 1, most: 100 } as const satisfies Range;

/** In characters. Older accounts may have been created under other rules. */
export const PASSWORD = { least: 10, most: 128 } as const satisfies Range;
export const PERSON_NAME = { least: 1, most: 100 } as const satisfies Range;
export const MOST_ADDRESSES = 10;
export const ADDRESS_LINE = { least: 1, most: 120 } as const satisfies Range;
export const POSTAL_CODE = { least: 1, most: 20 } as const satisfies Range;
/** The most guest orders that are listed, confirmed or rejected at once. */
export const MOST_GUEST_ORDERS = 100;

/** The queues of background jobs. */
export const QUEUES = ['payment', 'email', 'holds', 'slots'] as const;
export type QueueName = (typeof QUEUES)[number];

export const WEBHOOK_EVENTS = [
  'room.opened',
  'room.sold_out',
  'room.rate_changed',
  'room.backlog',
  'room.closed',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];
