import { setTimeout as wait } from 'node:timers/promises';

/** Waits; ends early, without an error, when the crowd is sent home. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}
