import { createBulkhead } from '@shopfast/kit/bulkhead';
import { Problem } from '@shopfast/kit/errors';
import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { isUnavailable } from './postgres-error.ts';

export type DatabaseBulkhead = {
  /**
   * Runs database work when a slot is free.
   * @throws Problem `overloaded` if too many wait, `unavailable` if the database is unavailable or too slow
   */
  run<T>(work: () => Promise<T>): Promise<T>;
  readonly running: number;
  readonly waiting: number;
};

const LIMIT_MS = 6_000;

/**
 * A bound that postgres.js does not have: at most `slots` at once, `queue` waiting, `limitMs` from arrival to answer,
 * 6 s by default. Five failures in a row open a circuit breaker: for one second all calls fail at once, then one is let
 * through.
 */
export function createDatabaseBulkhead({
  slots,
  queue = 200,
  limitMs = LIMIT_MS,
}: {
  slots: number;
  queue?: number;
  limitMs?: number;
}): DatabaseBulkhead {
  const places = createBulkhead({ slots, queue, waitLimitMs: limitMs });
  const breaker = circuitBreaker(
    handleWhen((error) => isUnavailable(error) || error instanceof TaskCancelledError),
    { halfOpenAfter: 1_000, breaker: new ConsecutiveBreaker(5) },
  );
  const policy = wrap(
    breaker,
    // Nobody listens to the abort signal of work that has returned: aborting it costs more than a timer.
    timeout(limitMs, { strategy: TimeoutStrategy.Aggressive, abortOnReturn: false }),
  );
  return {
    run: (work) => policy.execute(() => places.run(work)).catch(refuse),
    get running() {
      return places.running;
    },
    get waiting() {
      return places.waiting;
    },
  };
}

/** For operators' calls: at most one connection, so that operators do not slow down shoppers or jobs, nor wait for them. */
export const operatorsBulkhead = () => createDatabaseBulkhead({ slots: 1, queue: 50 });

/** `Retry-After` of 1–4 s: callers that were refused together should not retry together. */
const soon = () => 1 + Math.floor(Math.random() * 4);

function refuse(error: unknown): never {
  if (error instanceof Problem && error.code === 'overloaded')
    throw new Problem('overloaded', { retryAfterSeconds: soon(), cause: error });
  const away = [BrokenCircuitError, TaskCancelledError].some((kind) => error instanceof kind);
  if (away || isUnavailable(error))
    throw new Problem('unavailable', { retryAfterSeconds: soon(), cause: error });
  throw error;
}
