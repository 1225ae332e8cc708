import { setTimeout as delay } from 'node:timers/promises';
import type { Lifecycle } from './lifecycle.ts';
import type { Log } from './log.ts';

/**
 * Does something again and again until the lifecycle closes, never twice at a time. A failure is logged, and the next
 * round comes as usual; so that processes do not march in step, each wait varies by a fifth.
 */
export function repeat(
  ms: number,
  name: string,
  work: () => Promise<void>,
  { log, lifecycle }: { log: Log; lifecycle: Lifecycle },
): void {
  const stop = new AbortController();
  const run = async () => {
    while (!stop.signal.aborted) {
      await work().catch((err: unknown) => log.warn({ err }, `${name} failed; the next round comes`));
      await delay(ms * (0.9 + Math.random() / 5), undefined, { signal: stop.signal }).catch(() => {});
    }
  };
  const running = run();
  lifecycle.onClose(name, () => {
    stop.abort();
    return running;
  });
}
