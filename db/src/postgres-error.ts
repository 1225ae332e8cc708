import { Problem } from '@shopfast/kit/errors';
import postgres from 'postgres';

/** Whether a statement was aborted by this constraint (unique or check). */
export function violates(error: unknown, constraint: string): boolean {
  return error instanceof postgres.PostgresError && error.constraint_name === constraint;
}

/** The SQLSTATE of a Postgres error, also when a library has wrapped it; undefined for all other errors. */
export function sqlState(error: unknown): string | undefined {
  if (error instanceof postgres.PostgresError) return error.code;
  return error instanceof Error && error.cause !== undefined ? sqlState(error.cause) : undefined;
}

/**
 * Temporary errors of Postgres, as classes and codes: connection, resources, shutdown, lock and statement timeouts,
 * deadlock, a server that only reads.
 */
const PASSING = /^(08|53|57P|25006|25P03|55P03|57014|40001|40P01)/;

/** Whether the server only reads: it is, or was a moment ago, a standby. */
export const isReadOnly = (error: unknown): boolean => sqlState(error) === '25006';

const NETWORK = new Set([
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/**
 * Whether the database is unavailable or too busy for now, so that the same statement may be tried again later. Also
 * when a library has wrapped the error. A Problem has its own meaning, with any cause.
 */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof Problem) return false;
  const state = sqlState(error);
  return state === undefined ? isNetworkError(error) : PASSING.test(state);
}

function isNetworkError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // Any object may be thrown; it is only asked for a code.
  const { code } = error as { code?: unknown };
  return (typeof code === 'string' && NETWORK.has(code)) || isNetworkError(error.cause);
}
