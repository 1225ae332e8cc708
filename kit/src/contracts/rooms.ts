import { ETA_REASONS, etaSeconds, ROOM_STATES } from './api.ts';
import {
  CHALLENGES,
  CODE_KINDS,
  CODE_LABEL,
  CODE_NUMBERS,
  FAIL_MODES,
  MOST_ADMITTED_BY_HAND,
  ONE_PLACE_PER,
  QUEUEING_METHODS,
  type Range,
  ROOM_NUMBERS,
  ROOM_TEXTS,
} from './limits.ts';
import { count, instant, integer, integerText, line, paragraphs, roomId, roomParam } from './text.ts';
import { isShopAddress } from './web-address.ts';
import { z } from './zod.ts';

/** What operators read and change about rooms: `/v1/admin/rooms` and everything below it. */

const within = ({ least, most }: Range) => integer(least, most);
const decimal = ({ least, most }: Range) =>
  z
    .number({ error: 'must be a number' })
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);
const time = instant.transform((at) => at.toISOString());

const settings = {
  name: line(ROOM_TEXTS.name),
  admissions_per_minute: within(ROOM_NUMBERS.admissions_per_minute),
  max_active: within(ROOM_NUMBERS.max_active),
  queueing_method: z.enum(QUEUEING_METHODS),
  lobby_opens_at: time.nullable(),
  opens_at: time.nullable(),
  closes_at: time.nullable(),
  claim_seconds: within(ROOM_NUMBERS.claim_seconds),
  token_ttl_seconds: within(ROOM_NUMBERS.token_ttl_seconds),
  abandon_after_seconds: within(ROOM_NUMBERS.abandon_after_seconds),
  poll_budget_rps: within(ROOM_NUMBERS.poll_budget_rps),
  poll_min_ms: within(ROOM_NUMBERS.poll_min_ms),
  poll_max_ms: within(ROOM_NUMBERS.poll_max_ms),
  stock_factor: decimal(ROOM_NUMBERS.stock_factor),
  one_place_per: z.enum(ONE_PLACE_PER),
  challenge: z.enum(CHALLENGES),
  fail_mode: z.enum(FAIL_MODES),
  checkout_url: z
    .string()
    .min(ROOM_TEXTS.checkout_url.least)
    .max(ROOM_TEXTS.checkout_url.most)
    .refine(isShopAddress, 'must be a path (/shop) or an http(s) address, without a user and password'),
  /** Shown to waiting shoppers. */
  message: paragraphs(ROOM_TEXTS.message).nullable(),
  /** The maximum share of all calls for holders of priority codes while anybody else waits; 0: no priority line. */
  priority_share: z
    .number({ error: 'must be a number' })
    .min(ROOM_NUMBERS.priority_share.least, 'must be at least 0')
    .max(ROOM_NUMBERS.priority_share.most, 'must be at most 0.9, or the ordinary line would stop')
    .refine((share) => Number(share.toFixed(3)) === share, 'must have at most three decimals'),
  /** Nobody can join without an invite or priority code. */
  invite_only: z.boolean({ error: 'must be true or false' }),
  max_quantity: within(ROOM_NUMBERS.max_quantity).nullable(),
  /**
   * Shoppers cannot see the room, and a synthetic crowd may be sent through it. Can be changed only while it is
   * scheduled.
   */
  rehearsal: z.boolean(),
} as const;

/** Every setting, checked separately. */
export const allSettings = z.strictObject(settings);
export type RoomSettings = z.output<typeof allSettings>;

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

export const roomDocument = z
  .object({
    id: z.string(),
    ...settings,
    state: z.enum(ROOM_STATES),
    /** Open, but nobody can join, and it closes by itself when empty. */
    draining: z.boolean(),
    /** The ETag of the room. */
    version: count,
  })
  .openapi('Room');
export type Room = z.output<typeof roomDocument>;
export const roomList = z.object({ rooms: z.array(roomDocument) }).openapi('RoomList');

/** Not `extend`: in JSON Schema a strict object that is extended accepts neither set of fields. */
export const newRoom = z
  .strictObject({ id: roomId, template: roomId.optional(), ...someSettings.shape })
  .openapi('NewRoom');
export type NewRoom = z.input<typeof newRoom>;

export const roomParams = z.object({ room: roomParam });

const lineFigures = { issued: count, serving: count, waiting: count };

/** A room's figures for operators. */
export const roomStats = z
  .object({
    state: z.enum(ROOM_STATES),
    /** Open, but nobody can join, and it closes by itself when empty. */
    draining: z.boolean(),
    /** Of the settings: a new value means that somebody changed them. */
    version: count,
    ...lineFigures,
    /** The same three of the priority line. */
    priority: z.object(lineFigures),
    active: count,
    calls_in_last_minute: count,
    admissions_per_minute: count,
    max_active: count,
    /** Counts since the room was created (again) in Redis. Drop-outs left or were abandoned before their turn. */
    counted: z.object({ since: z.iso.datetime(), joins: count, calls: count, drop_outs: count }).nullable(),
    /** For a ticket that joins now; null when no estimate is possible. */
    eta_seconds: etaSeconds.nullable(),
    eta_reason: z.enum(ETA_REASONS).nullable(),
    /** How accurate the estimates were, as this gateway process saw it. */
    eta_accuracy: z
      .object({
        waits: count,
        median: z.number().describe('median of actual wait divided by estimated wait'),
        within_quarter: z.number().describe('share of waits between 0.8 and 1.25 of the estimate'),
      })
      .nullable(),
    /** The measurements behind the estimates, over two minutes. */
    pace: z
      .object({
        measured_per_minute: z.number(),
        free_slots: count,
        slots_freed_per_minute: z.number(),
        drop_share: z.number(),
      })
      .nullable(),
    remaining: count.nullable(),
    held: count.nullable(),
    sold: count.nullable(),
    updated_at: z.iso.datetime(),
  })
  .openapi('RoomStats');
export type RoomStats = z.infer<typeof roomStats>;

const roomSummary = z
  .object({
    id: z.string(),
    name: z.string(),
    rehearsal: z.boolean(),
    opens_at: z.iso.datetime().nullable(),
    stats: roomStats,
  })
  .openapi('RoomSummary');
export type RoomSummary = z.infer<typeof roomSummary>;
/** `GET /v1/admin/stats` */
export const roomSummaries = z.object({ rooms: z.array(roomSummary) }).openapi('RoomSummaries');
export type RoomSummaries = z.infer<typeof roomSummaries>;

const orderMinute = z.object({
  at: z.iso.datetime(),
  orders: count,
  failed: count,
  p50_ms: count,
  p95_ms: count,
});
export type OrderMinute = z.infer<typeof orderMinute>;
/** `GET /v1/admin/order-times` */
export const orderTimes = z.object({ minutes: z.array(orderMinute) }).openapi('OrderTimes');
export type OrderTimes = z.infer<typeof orderTimes>;

/** Query of `GET …/timeline`: the step in seconds. */
export const timelineQuery = z.object({
  from: instant.optional(),
  to: instant.optional(),
  step: integerText(1, 86_400).optional(),
});
const timelinePoint = z.object({
  at: z.iso.datetime(),
  waiting: count,
  active: count,
  serving: count,
  issued: count,
  calls: count,
  joins: count,
  drop_outs: count,
  remaining: count.nullable(),
  held: count.nullable(),
  sold: count.nullable(),
});
export type TimelinePoint = z.infer<typeof timelinePoint>;
export const timeline = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    step_seconds: count,
    points: z.array(timelinePoint),
  })
  .openapi('Timeline');
export type Timeline = z.infer<typeof timeline>;

/** `POST …/admit` */
export const admitRequest = z.strictObject({ count: integer(1, MOST_ADMITTED_BY_HAND) }).openapi('Admission');
export const admitAnswer = z.object({ called: count }).openapi('Admitted');
export type Admitted = z.infer<typeof admitAnswer>;

/** What a ticket was before it was revoked; the last two: it had already ended. */
export const REVOKED_FROM = ['waiting', 'called', 'admitted', 'revoked', 'ended'] as const;
export type RevokedFrom = (typeof REVOKED_FROM)[number];
/** `POST …/revoke` */
export const revokeRequest = z.strictObject({ number: integer(1, 1e10) }).openapi('Revocation');
export const revokeAnswer = z.object({ number: count, was: z.enum(REVOKED_FROM) }).openapi('Revoked');

const codeFields = {
  kind: z.enum(CODE_KINDS),
  count: within(CODE_NUMBERS.count).default(1),
  /** How many times each code can be used to join. */
  uses: within(CODE_NUMBERS.uses).default(1),
  /** RFC 3339; null: they never expire. */
  expires_at: time.nullable().default(null),
  /** The recipients, as a note for the audit log. */
  label: line(CODE_LABEL).nullable().default(null),
};
/** `POST …/codes` */
export const wantedCodes = z.strictObject(codeFields).openapi('WantedCodes');
export type WantedCodes = z.output<typeof wantedCodes>;
export const issuedCodes = z
  .object({
    ...codeFields,
    codes: z.array(z.string()),
    /** In the same order. A code is revoked by its id. */
    ids: z.array(z.string()),
  })
  .openapi('IssuedCodes');
export type IssuedCodes = z.output<typeof issuedCodes>;
export const codeParams = z.object({
  room: roomParam,
  id: z.string().regex(/^[\w-]{12}$/, 'must be the id of a code: 12 letters, digits, - or _'),
});

export const templateDocument = z
  .object({ name: z.string(), settings: someSettings })
  .openapi('SettingsTemplate');
export type Template = z.output<typeof templateDocument>;
export const templateList = z
  .object({ templates: z.array(templateDocument) })
  .openapi('SettingsTemplateList');
export type TemplateList = z.output<typeof templateList>;
export const templateParams = z.object({ name: roomId });

const rehearsal = { shoppers: integer(1, 10_000), seconds: integer(1, 3_600) };
/** `POST …/rehearse` */
export const rehearsalPlan = z.strictObject(rehearsal).openapi('RehearsalPlan');
export const startedRehearsal = z
  .object({ ...rehearsal, ends_at: z.iso.datetime() })
  .openapi('StartedRehearsal');
export const rehearsalPassDocument = z
  .object({ header: z.string(), pass: z.string() })
  .openapi('RehearsalPass');
