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

/** Runs a piece of an operator's database work when it is its turn. @throws Problem `overloaded`, `unavailable` */
export type Bulkhead = <T>(work: () => Promise<T>) => Promise<T>;

/** Operators' calls go one by one, so that jobs lose one connection to them at most; none waits without bound. */
export function createBulkhead(): Bulkhead {
  const policy = wrap(timeout(WITHIN_MS, TimeoutStrategy.Aggressive), bulkhead(1, WAITING));
  return (work) => policy.execute(work).catch(refuse) as ReturnType<typeof work>;
}

function refuse(error: unknown): never {
  if (error instanceof BulkheadRejectedError) throw new Problem('overloaded', { cause: error });
  if (error instanceof TaskCancelledError || isUnavailable(error))
    throw new Problem('unavailable', { cause: error });
  throw error;
}
