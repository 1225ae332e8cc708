import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

/** Seconds. Longer than a load balancer needs to see that a service is not ready. */
export const drainSeconds = z.coerce.number().int().min(0).max(300).default(5);

/**
 * The time between "not ready" and the close of the port. New requests are still answered, and each answer closes its
 * connection, so that a load balancer moves its connections to another process without a failed request.
 */
export type Drain = {
  readonly isDraining: boolean;
  /** From now on the service is not ready. */
  begin(): void;
  /** Resolves when load balancers have had the time to see it. */
  wait(): Promise<void>;
  /** Length of `wait`. */
  readonly ms: number;
};

/** @param seconds see {@link drainSeconds} */
export function createDrain(seconds: number): Drain {
  let isDraining = false;
  return {
    get isDraining() {
      return isDraining;
    },
    begin: () => {
      isDraining = true;
    },
    wait: () => delay(seconds * 1_000),
    ms: seconds * 1_000,
  };
}
