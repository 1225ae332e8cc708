import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './answers.ts';

/** Waits; ends early, without an error, when the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}

/** Repeats a step until it succeeds. @returns its document; null after `signal` */
export async function insist<T>(
  step: () => Promise<Answer<T>>,
  { signal, everyMs }: { signal: AbortSignal; everyMs: () => number },
): Promise<T | null> {
  while (!signal.aborted) {
    const answer = await step();
    if (answer.ok) return answer.document;
    await pause(everyMs(), signal);
  }
  return null;
}
