import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';
import postgres from 'postgres';
import { impatientSockets } from './read-timeout-socket.ts';

/** Milliseconds. */
export const TIME_LIMITS = {
  statement_timeout: 5_000,
  lock_timeout: 2_000,
  idle_in_transaction_session_timeout: 10_000,
};

/** A little more than a statement may take: who says nothing for so long will say nothing any more. */
const MOST_SILENCE_MS = 8_000;
/** For who cannot be seen to be silent, under TLS; ten more, a second apart, and the connection counts as dead. */
const KEEP_ALIVE_SECONDS = 10;

/** `bigint` columns are read as numbers: ids, versions and sums here stay far below 2^53. */
const types = {
  bigint: { to: 20, from: [20], serialize: (value: number) => String(value), parse: Number },
};

export type Sql = postgres.Sql<{ bigint: number }>;

/**
 * What stands between a service and Postgres. Behind a pooler in transaction mode (PgBouncer, say) a statement may meet
 * another connection than the one before: nothing is prepared by name, and the time limits come with the role (roles.ts).
 */
export type Pooler = 'none' | 'transaction';

export type DbOptions = {
  /** Shown in `pg_stat_activity` as application_name. */
  name: string;
  /** Connections at most. */
  max?: number;
  pooler?: Pooler;
  /** Default: 8 000. */
  mostSilenceMs?: number;
  lifecycle: Lifecycle;
  log: Log;
};

/**
 * A small pool with time limits on everything. Verbs are single statements, so there is no `sql.begin` here:
 * with `max_pipeline: 0` (no statement waits behind another's on a busy connection) postgres.js refuses it, and
 * a transaction body that goes on after its connection died would crash the process.
 */
export function connectDb(url: string, options: DbOptions): { sql: Sql } {
  const settings: postgres.Options<typeof types> & {
    max_pipeline: number;
    socket: ReturnType<typeof impatientSockets>;
  } = {
    max: options.max ?? 4,
    max_pipeline: 0,
    connect_timeout: 5,
    idle_timeout: 60,
    keep_alive: KEEP_ALIVE_SECONDS,
    socket: impatientSockets(options.mostSilenceMs ?? MOST_SILENCE_MS),
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
