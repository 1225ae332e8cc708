import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Call } from '../crowd/call-log.ts';
import { callsOf, startGenerators } from '../crowd/generators.ts';
import type { GeneratorConfig, GeneratorResults } from '../crowd/messages.ts';

const GENERATORS = 2;
/** A browser's usual patience. */
export const PATIENCE_MS = 30_000;
const LONGEST_MS = 300_000;

export type Crowd = { shoppers: number; seconds: number };

/** Every shopper has a separate connection, like browsers. @returns each call, and the results */
export async function sendCrowd(
  to: Pick<GeneratorConfig, 'shop' | 'gateway' | 'room' | 'productId' | 'claimSeconds'>,
  { shoppers, seconds }: Crowd,
  lifecycle: Lifecycle,
  signal: AbortSignal,
): Promise<{ calls: Call[]; results: GeneratorResults[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'shopfast-baseline-'));
  lifecycle.onClose('call logs', () => rm(folder, { recursive: true, force: true }));
  const startsAt = Date.now() + 1_000;
  const orders: GeneratorConfig[] = Array.from({ length: GENERATORS }, (_, part) => ({
    ...{ ...to, shoppers, part, parts: GENERATORS, startsAt, arriveWithinMs: seconds * 1_000, buysEvery: 1 },
    ...{ connections: Math.ceil(shoppers / GENERATORS), patienceMs: PATIENCE_MS },
    logFile: join(folder, `calls-${part}`),
  }));
  const generators = startGenerators(orders);
  lifecycle.onClose('generators', generators.kill);
  const deadline = setTimeout(generators.stop, LONGEST_MS);
  signal.addEventListener('abort', generators.stop, { once: true });
  const results = await generators.done.finally(() => {
    clearTimeout(deadline);
    signal.removeEventListener('abort', generators.stop);
  });
  return { calls: callsOf(orders), results };
}
