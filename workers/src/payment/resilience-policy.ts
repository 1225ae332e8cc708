import { createBulkhead } from '@shopfast/kit/bulkhead';
import { Problem } from '@shopfast/kit/errors';
import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
  isBrokenCircuitError,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { RescheduleJob } from '../reschedule-job.ts';

/** The call was not made: the breaker is open, or too many calls are running. The job is rescheduled. */
export class ProviderUnavailable extends RescheduleJob {
  override name = 'ProviderUnavailable';
}

export type ResilienceOptions = {
  /** Time limit of each call. */
  timeoutMs: number;
  /** Most calls at once; as many again may wait. */
  concurrency: number;
  /** Failures in a row that open the breaker. */
  openAfterFailures?: number;
  /** After this time an open breaker lets one call through. */
  probeAfterMs?: number;
};

export type BreakerState = 'closed' | 'half_open' | 'open';

export type ResiliencePolicy = {
  /**
   * Makes a call inside breaker, bulkhead and time limit. Return every answer of the other side, refusals too; anything
   * thrown counts as its failure.
   * @throws ProviderUnavailable if the call was not made; else what the call threw, or a timeout: outcome unknown
   */
  run<T>(call: () => Promise<T>): Promise<T>;
  /** @throws ProviderUnavailable while calls would not be made; check it before you do work for a call */
  check(): void;
  state(): BreakerState;
};

/** Isolates us from a slow or failing service. */
export function createResiliencePolicy(options: ResilienceOptions): ResiliencePolicy {
  const { openAfterFailures = 5, probeAfterMs = 5_000 } = options;
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: probeAfterMs,
    breaker: new ConsecutiveBreaker(openAfterFailures),
  });
  const { concurrency, timeoutMs } = options;
  // Each running call ends within the time limit, so a waiting one gets a slot within it.
  const bulkhead = createBulkhead({ slots: concurrency, queue: concurrency, waitLimitMs: 2 * timeoutMs });
  const policy = wrap(breaker, timeout(timeoutMs, TimeoutStrategy.Aggressive));
  let openedAt = 0;
  breaker.onBreak(() => {
    openedAt = Date.now();
  });
  const msToProbe = () =>
    breaker.state === CircuitState.Open ? Math.max(0, openedAt + probeAfterMs - Date.now()) : 0;
  // A random delay, so that waiting jobs do not all retry at the same moment.
  const unavailable = (reason: string) =>
    new ProviderUnavailable(reason, msToProbe() + (0.1 + Math.random() / 2) * probeAfterMs);

  return {
    state: () => stateName(breaker),
    check: () => {
      if (msToProbe() > 0) throw unavailable('the circuit breaker is open');
    },
    run: async (call) => {
      try {
        return await bulkhead.run(() => policy.execute(call));
      } catch (error) {
        if (isBrokenCircuitError(error) || isOverload(error)) throw unavailable(error.message);
        throw error;
      }
    },
  };
}

const isOverload = (error: unknown): error is Problem =>
  error instanceof Problem && error.code === 'overloaded';

function stateName(breaker: CircuitBreakerPolicy): BreakerState {
  if (breaker.state === CircuitState.Closed) return 'closed';
  return breaker.state === CircuitState.HalfOpen ? 'half_open' : 'open';
}
