import { ROLES } from '@shopfast/kit/admin/roles';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, instant } from './columns.ts';

/** `sold_out` is never stored: it follows from the stock figures. `draining` is shown as open. */
export const STORED_STATES = ['scheduled', 'lobby', 'open', 'paused', 'draining', 'closed'] as const;
export type StoredRoomState = (typeof STORED_STATES)[number];

/** Numbers the generations of rooms. No number is used twice, so a room and its epoch always name one generation. */
export const roomEpochs = pgSequence('room_epochs', { maxValue: 2_147_483_647 });

/** The data of a room that must survive a loss of Redis: settings, state, and high-water marks. */
export const rooms = pgTable('rooms', {
  id: text().primaryKey(),
  name: text().notNull(),
  settings: jsonb().notNull().$type<Record<string, unknown>>(),
  state: text({ enum: STORED_STATES }).notNull(),
  /** Incremented by every operator change; guards concurrent edits. */
  version: integer().notNull().default(1),
  /** The generation. It gets a new, higher value at each reset and each time the name is used again. */
  epoch: integer().notNull().default(sql`nextval('room_epochs')`),
  /** Incremented with every revoked code; gateways then read the list again. */
  revoked_codes: integer().notNull().default(0),
  /**
   * Whether codes without an epoch are valid. True for rooms that are older than epochs in codes, until their reset.
   */
  takes_codes_without_epoch: boolean().notNull().default(false),
  high_number: bigint({ mode: 'number' }).notNull().default(0),
  serving: bigint({ mode: 'number' }).notNull().default(0),
  /** The same marks of the priority line. */
  priority_high_number: bigint({ mode: 'number' }).notNull().default(0),
  priority_serving: bigint({ mode: 'number' }).notNull().default(0),
  remaining: integer(),
  held: integer(),
  sold: integer(),
  stock_version: bigint({ mode: 'number' }),
  /**
   * For a lottery room: the seed, secret until the room opens, and the number of tickets drawn. Older rooms have it
   * unencrypted.
   */
  lottery_seed: text(),
  lottery_seed_sealed: text(),
  /** The version of the draw and of its commitment. */
  lottery_version: integer().notNull().default(1),
  lottery_size: bigint({ mode: 'number' }),
  created_at: createdAt(),
  updated_at: createdAt(),
});
export type Room = typeof rooms.$inferSelect;

/**
 * The calls of a room's last minute. They are saved in the background, for the case that Redis lost its log and all
 * gateways restarted. Separate from the room's row, which gateways read every second.
 */
export const roomCalls = pgTable('room_calls', {
  room_id: text()
    .primaryKey()
    .references(() => rooms.id, { onDelete: 'cascade' }),
  /** The room's epoch; calls of an older one are void. */
  epoch: integer().notNull(),
  /** Redis's clock, ms: the record is complete up to this time. */
  known_at: bigint({ mode: 'number' }).notNull(),
  log: jsonb().notNull().$type<Record<string, unknown>>(),
});
export type RoomCalls = typeof roomCalls.$inferSelect;

/**
 * How often codes were used since their room's last reset. Saved after the joins, for the case that Redis lost its
 * count.
 */
export const codeUses = pgTable(
  'code_uses',
  {
    room_id: text()
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    /** The room's epoch; uses of an older one are void. */
    epoch: integer().notNull(),
    code_id: text().notNull(),
    uses: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.room_id, t.epoch, t.code_id] })],
);
export type CodeUse = typeof codeUses.$inferSelect;

/** Codes that an operator revoked. Codes are signed and not stored, so a code is refused by its id. */
export const revokedCodes = pgTable(
  'revoked_codes',
  {
    room_id: text()
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    epoch: integer().notNull(),
    code_id: text().notNull(),
    revoked_at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.room_id, t.epoch, t.code_id] })],
);

/** Named sets of settings for new rooms. */
export const roomTemplates = pgTable('room_templates', {
  name: text().primaryKey(),
  settings: jsonb().notNull().$type<Record<string, unknown>>(),
  created_at: createdAt(),
  updated_at: createdAt(),
});
export type RoomTemplate = typeof roomTemplates.$inferSelect;

/** The theme of a room's waiting page. Separate from the room's row, which gateways read every second. */
export const roomThemes = pgTable('room_themes', {
  room: text()
    .primaryKey()
    .references(() => rooms.id, { onDelete: 'cascade' }),
  theme: jsonb().notNull().$type<Record<string, unknown>>(),
  /** A new value with every change, also when the theme was deleted and created again. */
  revision: uuid().notNull(),
});
export type RoomTheme = typeof roomThemes.$inferSelect;

/**
 * Reservation tokens that are void though their signature is valid: revoked by an operator, or given back by their
 * holder. The purchase statement checks this table, so a revocation takes effect when it is written.
 */
export const revokedTokens = pgTable('revoked_tokens', {
  jti: text().primaryKey(),
  room: text().notNull(),
  revoked_at: instant().notNull(),
});

/**
 * Reservation tokens that an external shop has spent: it freed their slots, and there is no order here. Read only while
 * Redis cannot say whether a token still holds its slot.
 */
export const releasedTokens = pgTable('released_tokens', {
  jti: text().primaryKey(),
  room: text().notNull(),
  released_at: instant().notNull(),
});

export const signingKeys = pgTable('signing_keys', {
  kid: text().primaryKey(),
  public_jwk: jsonb().notNull().$type<Record<string, unknown>>(),
  private_jwk_encrypted: text().notNull(),
  created_at: createdAt(),
  signs_from: instant().notNull(),
  retired_at: instant(),
});
export type SigningKey = typeof signingKeys.$inferSelect;

export const apiKeys = pgTable('api_keys', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  role: text({ enum: ROLES }).notNull(),
  /** SHA-256 of the key, hex. The key itself is shown once and never stored. */
  hash: text().notNull().unique(),
  /** The key's first characters, to recognise it. */
  prefix: text().notNull(),
  created_at: createdAt(),
  created_by: text().notNull(),
  revoked_at: instant(),
  last_used_at: instant(),
});
export type ApiKey = typeof apiKeys.$inferSelect;

/** Every change by an operator. Rows are only added. */
export const audit = pgTable(
  'audit',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant().notNull(),
    actor: text().notNull(),
    role: text().notNull(),
    action: text().notNull(),
    target: text().notNull(),
    before: jsonb().$type<unknown>(),
    after: jsonb().$type<unknown>(),
    request_id: text().notNull(),
  },
  (t) => [index('audit_by_target').on(t.target, t.id)],
);
export type AuditRow = typeof audit.$inferSelect;

/** Requests with an Idempotency-Key, and their answers; kept for a day. */
export const idempotentRequests = pgTable(
  'idempotent_requests',
  {
    /** The admin key of the request. */
    actor: uuid().notNull(),
    key: text().notNull(),
    /** SHA-256 over method, path and body. */
    request_hash: text().notNull(),
    created_at: instant().notNull(),
    /** While the request is running: the time from which another attempt may start. */
    locked_until: instant().notNull(),
    status: integer(),
    /** Encrypted, because an answer may contain a secret. */
    answer_encrypted: text(),
  },
  (t) => [primaryKey({ columns: [t.actor, t.key] })],
);
export type IdempotentRequest = typeof idempotentRequests.$inferSelect;
