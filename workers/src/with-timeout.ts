import { setTimeout as delay } from 'node:timers/promises';

/** Waits for `work`, but not for ever. @throws after `ms`; the work itself goes on, if it can */
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
