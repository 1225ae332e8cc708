import { setTimeout as delay } from 'node:timers/promises';

/** Waits for `work` for a limited time. @throws after `ms`; the work itself may continue */
export async function withTimeout<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const tooLate = delay(ms, undefined, { signal: timer.signal }).then(
    () => Promise.reject(new Error(`${what} took longer than ${ms} ms`)),
    () => new Promise<never>(() => {}),
  );
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    timer.abort();
  }
}
