import type { EtaReason, RoomState } from '@shopfast/kit/contracts/api';
import type { LocaleName } from '@shopfast/kit/i18n/locale';

/** The admin API's answers, as far as the dashboard reads them; docs/api.md describes them. */

export type Role = 'viewer' | 'operator' | 'owner';
export type Me = { id: string; name: string; role: Role };

export type LineFigures = { issued: number; serving: number; waiting: number };

export type RoomStats = LineFigures & {
  state: RoomState;
  draining: boolean;
  version: number;
  priority: LineFigures;
  active: number;
  calls_in_last_minute: number;
  admissions_per_minute: number;
  max_active: number;
  counted: { since: string; joins: number; calls: number; drop_outs: number } | null;
  eta_seconds: { low: number; high: number } | null;
  eta_reason: EtaReason | null;
  eta_accuracy: { waits: number; median: number; within_quarter: number } | null;
  pace: {
    measured_per_minute: number;
    free_slots: number;
    slots_freed_per_minute: number;
    drop_share: number;
  } | null;
  remaining: number | null;
  held: number | null;
  sold: number | null;
  updated_at: string;
};

export type RoomSummary = {
  id: string;
  name: string;
  rehearsal: boolean;
  opens_at: string | null;
  stats: RoomStats;
};

export type RoomSettings = {
  name: string;
  admissions_per_minute: number;
  max_active: number;
  queueing_method: 'fifo' | 'lottery' | 'passthrough' | 'reject';
  lobby_opens_at: string | null;
  opens_at: string | null;
  closes_at: string | null;
  claim_seconds: number;
  token_ttl_seconds: number;
  abandon_after_seconds: number;
  poll_budget_rps: number;
  poll_min_ms: number;
  poll_max_ms: number;
  stock_factor: number;
  one_place_per: 'browser' | 'email';
  challenge: 'none' | 'pow';
  checkout_url: string;
  message: string | null;
  priority_share: number;
  invite_only: boolean;
  max_quantity: number | null;
  rehearsal: boolean;
};
export type SettingName = keyof RoomSettings;
export type Room = RoomSettings & { id: string; state: RoomState; draining: boolean; version: number };

export type RoomTransition = 'open' | 'pause' | 'resume' | 'drain' | 'close' | 'reset';

export type TimelinePoint = {
  at: string;
  waiting: number;
  active: number;
  calls: number;
  joins: number;
  drop_outs: number;
  remaining: number | null;
  held: number | null;
  sold: number | null;
};
export type Timeline = { step_seconds: number; points: TimelinePoint[] };

export type OrderMinute = { at: string; orders: number; failed: number; p50_ms: number; p95_ms: number };

export type Template = { name: string; settings: Partial<RoomSettings> };

/** A room's changes to the standard waiting page. */
export type Theme = {
  accent?: string;
  accent_dark?: string;
  logo?: string;
  text?: Partial<Record<LocaleName, string>>;
  css?: string;
};

export type CodeKind = 'invite' | 'priority';
export type WantedCodes = {
  kind: CodeKind;
  count: number;
  uses: number;
  expires_at: string | null;
  label: string | null;
};
export type IssuedCodes = WantedCodes & { codes: string[] };

export type AdminKey = {
  id: string;
  name: string;
  role: Role;
  prefix: string;
  created_at: string;
  revoked_at: string | null;
};
export type NewAdminKey = AdminKey & { key: string };
export type Rotation = { kid: string; signs_from: string; old_keys_until: string };

export type AuditEntry = {
  id: number;
  at: string;
  actor: string;
  role: string;
  action: string;
  target: string;
  before?: unknown;
  after?: unknown;
};
export type AuditPage = { entries: AuditEntry[]; next_before: number | null };

export type Product = {
  id: string;
  name: string;
  description: string;
  price: number;
  currency: string;
  room: string | null;
  per_customer_limit: number;
  sale_starts_at: string | null;
  sale_ends_at: string | null;
  version: number;
  stock: number;
  available: number;
  held: number;
  sold: number;
};

export const QUEUES = ['payment', 'email', 'holds', 'slots'] as const;
export type QueueName = (typeof QUEUES)[number];
export type JobFigures = {
  at: string;
  outbox: { jobs: number; oldest_seconds: number } | null;
  queues:
    | { queue: QueueName; waiting: number; active: number; delayed: number; oldest_seconds: number | null }[]
    | null;
  attempts: { minutes: number; queues: { queue: QueueName; done: number; later: number; failed: number }[] };
  payment: { breaker: 'closed' | 'half_open' | 'open' };
  dead_letters: Partial<Record<QueueName, number>> | null;
};

export type DeadLetter = {
  id: number;
  queue: QueueName;
  name: string;
  job_id: string;
  payload: Record<string, unknown>;
  error: string;
  attempts: number;
  failed_at: string;
  resent_at: string | null;
};
export type DeadLetterPage = { dead_letters: DeadLetter[]; next_before: number | null };
