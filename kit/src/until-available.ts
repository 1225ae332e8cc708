import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from './log.ts';

const RETRY_MS = 500;
const REPEAT_LOG_MS = 30_000;

/**
 * Waits at the start of a service until a store answers, and says so in the log. During a failover a restarted service
 * then waits instead of failing again and again. It is not ready meanwhile.
 * @param isTemporary whether an error can pass by itself; others, such as a wrong password, end the start
 * @throws the first error that cannot pass by itself
 */
export async function untilAvailable(
  store: string,
  check: () => Promise<unknown>,
  { isTemporary, log }: { isTemporary(error: unknown): boolean; log: Log },
): Promise<void> {
  for (let loggedAt = Number.NEGATIVE_INFINITY; ; ) {
    try {
      await check();
      return;
    } catch (err) {
      if (!isTemporary(err)) throw err;
      if (performance.now() - loggedAt >= REPEAT_LOG_MS) {
        log.warn({ err, store }, `waiting for ${store}`);
        loggedAt = performance.now();
      }
      await wait(RETRY_MS);
    }
  }
}
