import { z } from '@hono/zod-openapi';
import { line, paragraphs, instant as time } from '@shopfast/kit/contracts/text';
import { isShopAddress } from '@shopfast/kit/contracts/web-address';

const wholeNumber = (least: number, most: number) =>
  z
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);

const instant = time.transform((at) => at.toISOString());

const fields = {
  name: line({ most: 100 }),
  /** Exact: calls in any 60 s. To stop admission, pause the room instead of setting 0. */
  admissions_per_minute: wholeNumber(1, 60_000),
  max_active: wholeNumber(1, 1_000_000),
  /**
   * fifo: in the order of arrival; lottery: the lobby is drawn when the room opens, late-comers follow; passthrough:
   * everybody is called at once; reject: nobody can join.
   */
  queueing_method: z.enum(['fifo', 'lottery', 'passthrough', 'reject']),
  lobby_opens_at: instant.nullable(),
  opens_at: instant.nullable(),
  closes_at: instant.nullable(),
  claim_seconds: wholeNumber(5, 3_600),
  token_ttl_seconds: wholeNumber(1, 86_400),
  abandon_after_seconds: wholeNumber(10, 86_400),
  poll_budget_rps: wholeNumber(1, 1_000_000),
  poll_min_ms: wholeNumber(200, 60_000),
  poll_max_ms: wholeNumber(1_000, 600_000),
  stock_factor: z
    .number({ error: 'must be a number' })
    .min(1, 'must be at least 1')
    .max(1_000, 'must be at most 1000'),
  /** email: a join sends an address, and each address has at most one live ticket. */
  one_place_per: z.enum(['browser', 'email']),
  /** pow: a newcomer solves a proof of work before joining. */
  challenge: z.enum(['none', 'pow']),
  /**
   * What protected paths do while neither Redis nor Postgres can check a reservation. closed: 503. open: a valid
   * signature is enough. In both cases no token is issued while Redis is unavailable.
   */
  fail_mode: z.enum(['closed', 'open']),
  checkout_url: z
    .string()
    .min(1)
    .max(2_000)
    .refine(isShopAddress, 'must be a path (/shop) or an http(s) address, without a user and password'),
  /** Shown to waiting shoppers. */
  message: paragraphs({ most: 1_000 }).nullable(),
  /** The maximum share of all calls for holders of priority codes while anybody else waits; 0: no priority line. */
  priority_share: z
    .number({ error: 'must be a number' })
    .min(0, 'must be at least 0')
    .max(0.9, 'must be at most 0.9, or the ordinary line would stop')
    .refine((share) => Number(share.toFixed(3)) === share, 'must have at most three decimals'),
  /** Nobody can join without an invite or priority code. */
  invite_only: z.boolean({ error: 'must be true or false' }),
  max_quantity: wholeNumber(1, 100).nullable(),
  /**
   * Shoppers cannot see the room, and a synthetic crowd may be sent through it. Can be changed only while it is
   * scheduled.
   */
  rehearsal: z.boolean(),
} as const;

/** The defaults of a room. */
export const DEFAULT_SETTINGS: RoomSettings = {
  name: 'Waiting room',
  admissions_per_minute: 600,
  max_active: 500,
  queueing_method: 'fifo',
  lobby_opens_at: null,
  opens_at: null,
  closes_at: null,
  claim_seconds: 60,
  token_ttl_seconds: 600,
  abandon_after_seconds: 120,
  poll_budget_rps: 2_000,
  poll_min_ms: 2_000,
  poll_max_ms: 60_000,
  stock_factor: 3,
  one_place_per: 'browser',
  challenge: 'none',
  fail_mode: 'closed',
  checkout_url: '/shop',
  message: null,
  priority_share: 0.25,
  invite_only: false,
  max_quantity: null,
  rehearsal: false,
};

/** Every setting, checked separately. */
export const allSettings = z.strictObject(fields);
export type RoomSettings = z.output<typeof allSettings>;

/** Any subset of the settings. Unknown names are refused by name. */
export const someSettings = allSettings.partial().openapi('RoomSettings');
export type SomeSettings = z.output<typeof someSettings>;

/** A complete set of settings, with the rules between them. */
export const roomSettings = allSettings
  .refine((room) => room.poll_min_ms <= room.poll_max_ms, {
    path: ['poll_min_ms'],
    error: 'must not be above poll_max_ms',
  })
  .refine((room) => room.abandon_after_seconds * 1_000 > room.poll_max_ms, {
    path: ['abandon_after_seconds'],
    error: 'must be longer than poll_max_ms, or waiters that poll as asked would be dropped',
  })
  .refine((room) => inOrder(room.lobby_opens_at, room.opens_at), {
    path: ['opens_at'],
    error: 'must come after lobby_opens_at',
  })
  .refine((room) => inOrder(room.opens_at, room.closes_at), {
    path: ['closes_at'],
    error: 'must come after opens_at',
  });

function inOrder(earlier: string | null, later: string | null): boolean {
  return !earlier || !later || Date.parse(earlier) < Date.parse(later);
}
