import { isUnavailable } from '@shopfast/db/postgres-error';
import { Problem } from '@shopfast/kit/errors';
import {
  BulkheadRejectedError,
  bulkhead,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';

const WITHIN_MS = 6_000;
const WAITING = 50;

/** Runs an operator's database work when a slot is free. @throws Problem `overloaded`, `unavailable` */
export type Bulkhead = <T>(work: () => Promise<T>) => Promise<T>;

/** One slot, so operators' calls take at most one connection from the jobs. The queue is bounded. */
export function createBulkhead(): Bulkhead {
  const policy = wrap(timeout(WITHIN_MS, TimeoutStrategy.Aggressive), bulkhead(1, WAITING));
  // `refuse` never returns; the policy's type is wider than that of the work.
  return (work) => policy.execute(work).catch(refuse) as ReturnType<typeof work>;
}

function refuse(error: unknown): never {
  if (error instanceof BulkheadRejectedError) throw new Problem('overloaded', { cause: error });
  if (error instanceof TaskCancelledError || isUnavailable(error))
    throw new Problem('unavailable', { cause: error });
  throw error;
}
