import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';
import postgres from 'postgres';
import { isReadOnly } from './postgres-error.ts';
import { readTimeoutSockets, type Sockets } from './read-timeout-socket.ts';

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
  const sockets = readTimeoutSockets(options.readTimeoutMs ?? READ_TIMEOUT_MS);
  const settings: postgres.Options<typeof types> & { max_pipeline: number; socket: Sockets['open'] } = {
    max: options.max ?? 4,
    max_pipeline: 0,
    connect_timeout: 5,
    idle_timeout: 60,
    keep_alive: KEEP_ALIVE_SECONDS,
    socket: sockets.open,
    // Of several hosts, and behind an address that moves: never a standby. A pooler does not say which one it is.
    ...(options.pooler === 'transaction' ? {} : { target_session_attrs: 'primary' }),
    backoff: () => 0.1 + Math.random() * 0.2,
    prepare: options.pooler !== 'transaction',
    types,
    connection: {
      application_name: options.name,
      ...(options.pooler === 'transaction' ? {} : TIME_LIMITS),
    },
    onnotice: (notice) => options.log.debug({ notice: notice.message }, 'postgres notice'),
  };
  const leave = (error: unknown) => {
    options.log.warn({ err: error }, 'postgres is read-only: connecting again');
    return sockets.closeAll();
  };
  const sql = withFailover(postgres(url, settings), leave);
  options.lifecycle.onClose('postgres', () => sql.end({ timeout: 5 }));
  return { sql };
}

/**
 * Checks that the server accepts writes, without writing: one that only reads refuses to lock rows, even none. For
 * services that may change orders.
 * @throws a Postgres error when the server is unavailable or only reads
 */
export async function acceptsWrites(sql: Sql): Promise<void> {
  await sql`select from orders where false for update`;
}

/** The parts of a postgres.js query that start it and tell its outcome. */
type Run = { handler(query: unknown): unknown; reject(error: unknown): void };

/**
 * After a failover, a connection can lead to a server that only reads: the old primary, or one that was still read-only
 * when the connection was opened. It stays so as long as the connection is open. So the first statement that fails for
 * this reason leaves the server: it closes all connections of the pool, and the next one resolves the address again.
 *
 * With several hosts, postgres.js tries them in turn for as long as none serves. Then a statement fails after 8 s.
 */
function withFailover(sql: Sql, leave: (error: unknown) => Promise<void>): Sql {
  const hasSeveralHosts = sql.options.host.length > 1;
  const watched = <Query>(query: Query): Query => {
    if (!(query instanceof Promise)) return query;
    // The driver's types do not have the parts of its queries.
    const run = query as unknown as Run;
    const { handler, reject } = run;
    run.reject = (error) => {
      if (isReadOnly(error)) void leave(error).then(() => reject(error));
      else reject(error);
    };
    if (hasSeveralHosts)
      run.handler = (one) => {
        const timer = setTimeout(() => reject(new NoHostError()), READ_TIMEOUT_MS);
        void query.catch(() => {}).then(() => clearTimeout(timer));
        return handler(one);
      };
    return query;
  };
  const unsafe: Sql['unsafe'] = (...given) => watched(sql.unsafe(...given));
  return new Proxy(sql, {
    // `Reflect.apply` wants a function, and the driver's type has several signatures.
    apply: (target, self, given) => watched(Reflect.apply(target as never, self, given)),
    get: (target, key) => (key === 'unsafe' ? unsafe : Reflect.get(target, key)),
  });
}

class NoHostError extends Error {
  override name = 'NoHostError';
  readonly code = 'CONNECT_TIMEOUT';

  constructor() {
    super('none of the Postgres hosts answered as the primary');
  }
}
