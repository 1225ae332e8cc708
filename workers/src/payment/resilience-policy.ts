import {
  bulkhead,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
  isBrokenCircuitError,
  isBulkheadRejectedError,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { RescheduleJob } from '../reschedule-job.ts';

/** The call was not made at all: the breaker is open, or too many calls are under way. The job looks again later. */
export class ProviderUnavailable extends RescheduleJob {
  override name = 'ProviderUnavailable';
}

export type ResilienceOptions = {
  /** Each call gets this long. */
  timeoutMs: number;
  /** Calls under way at once; as many again may wait. */
  concurrency: number;
  /** So many failures in a row open the breaker. */
  openAfterFailures?: number;
  /** An open breaker lets one call through after this long. */
  probeAfterMs?: number;
};

export type BreakerState = 'closed' | 'half_open' | 'open';

export type ResiliencePolicy = {
  /**
   * Makes a call inside breaker, bulkhead and time limit. What the other side answers, a refusal too, is to be
   * returned; anything thrown counts as its failure.
   * @throws ProviderUnavailable when the call was not made; else what the call threw, or a timeout: outcome unknown
   */
  run<T>(call: () => Promise<T>): Promise<T>;
  /** @throws ProviderUnavailable while a call would not be made; asked before anything is done for the sake of one */
  check(): void;
  state(): BreakerState;
};

/** Keeps a slow or failing service from taking ours down with it. */
export function createResiliencePolicy(options: ResilienceOptions): ResiliencePolicy {
  const { openAfterFailures = 5, probeAfterMs = 5_000 } = options;
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: probeAfterMs,
    breaker: new ConsecutiveBreaker(openAfterFailures),
  });
  const policy = wrap(
    bulkhead(options.concurrency, options.concurrency),
    breaker,
    timeout(options.timeoutMs, TimeoutStrategy.Aggressive),
  );
  let openedAt = 0;
  breaker.onBreak(() => {
    openedAt = Date.now();
  });
  const msToProbe = () =>
    breaker.state === CircuitState.Open ? Math.max(0, openedAt + probeAfterMs - Date.now()) : 0;
  // Spread out, so that those who wait do not all come back in one moment.
  const unavailable = (reason: string) =>
    new ProviderUnavailable(reason, msToProbe() + (0.1 + Math.random() / 2) * probeAfterMs);

  return {
    state: () => stateName(breaker),
    check: () => {
      if (msToProbe() > 0) throw unavailable('the circuit breaker is open');
    },
    run: async (call) => {
      try {
        return await policy.execute(call);
      } catch (error) {
        if (isBrokenCircuitError(error) || isBulkheadRejectedError(error)) throw unavailable(error.message);
        throw error;
      }
    },
  };
}

function stateName(breaker: CircuitBreakerPolicy): BreakerState {
  if (breaker.state === CircuitState.Closed) return 'closed';
  return breaker.state === CircuitState.HalfOpen ? 'half_open' : 'open';
}
