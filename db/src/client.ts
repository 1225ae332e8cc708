import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';
import postgres from 'postgres';
import { readTimeoutSockets } from './read-timeout-socket.ts';

/** Milliseconds. */
export const TIME_LIMITS = {
  statement_timeout: 5_000,
  lock_timeout: 2_000,
  idle_in_transaction_session_timeout: 10_000,
};

/** A little more than the statement timeout. A connection that is silent for longer is dead. */
const READ_TIMEOUT_MS = 8_000;
/**
 * Under TLS silence cannot be observed. There TCP keep-alive detects dead connections: after this idle time, ten
 * probes, one second apart.
 */
const KEEP_ALIVE_SECONDS = 10;

/** `bigint` columns are read as numbers: ids, versions and sums here stay far below 2^53. */
const types = {
  bigint: { to: 20, from: [20], serialize: (value: number) => String(value), parse: Number },
};

export type Sql = postgres.Sql<{ bigint: number }>;

/**
 * What is between a service and Postgres. Behind a pooler in transaction mode (such as PgBouncer) each statement may
 * use another connection. So nothing is prepared by name, and the time limits are set on the role (roles.ts).
 */
export type Pooler = 'none' | 'transaction';

export type DbOptions = {
  /** Shown in `pg_stat_activity` as application_name. */
  name: string;
  /** Maximum number of connections. */
  max?: number;
  pooler?: Pooler;
  /** Default: 8 000. */
  readTimeoutMs?: number;
  lifecycle: Lifecycle;
  log: Log;
};

/**
 * A small pool with time limits on everything. Each function is a single statement, so `sql.begin` is not available:
 * postgres.js refuses it with `max_pipeline: 0` (no statement waits behind another on a busy connection). Also a
 * transaction body that continues after its connection died would crash the process.
 */
export function connectDb(url: string, options: DbOptions): { sql: Sql } {
  const settings: postgres.Options<typeof types> & {
    max_pipeline: number;
    socket: ReturnType<typeof readTimeoutSockets>;
  } = {
    max: options.max ?? 4,
    max_pipeline: 0,
    connect_timeout: 5,
    idle_timeout: 60,
    keep_alive: KEEP_ALIVE_SECONDS,
    socket: readTimeoutSockets(options.readTimeoutMs ?? READ_TIMEOUT_MS),
    backoff: () => 0.1 + Math.random() * 0.2,
    prepare: options.pooler !== 'transaction',
    types,
    connection: {
      application_name: options.name,
      ...(options.pooler === 'transaction' ? {} : TIME_LIMITS),
    },
    onnotice: (notice) => options.log.debug({ notice: notice.message }, 'postgres notice'),
  };
  const sql: Sql = postgres(url, settings);
  options.lifecycle.onClose('postgres', () => sql.end({ timeout: 5 }));
  return { sql };
}
