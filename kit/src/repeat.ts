import { setTimeout as delay } from 'node:timers/promises';
import type { Lifecycle } from './lifecycle.ts';
import type { Log } from './log.ts';

/**
 * Repeats a task until the lifecycle closes, never two runs at a time. A failure is logged and does not stop the loop.
 * Each wait varies by a fifth, so that processes do not run in step.
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
      await work().catch((err: unknown) => log.warn({ err }, `${name} failed; it will run again`));
      await delay(ms * (0.9 + Math.random() / 5), undefined, { signal: stop.signal }).catch(() => {});
    }
  };
  const running = run();
  lifecycle.onClose(name, () => {
    stop.abort();
    return running;
  });
}
