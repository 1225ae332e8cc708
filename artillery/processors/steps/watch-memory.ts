import { type Arrivals, partOfArrivals } from './arrivals.ts';
import type { Events } from './artillery.ts';

const EVERY_MS = 5_000;
const RESIDENT = /^process_resident_memory_bytes (\S+)$/m;

/** Address of the gateway's metrics; empty: unknown. */
export type Measured = { metrics?: string };

let watching = false;

/**
 * Records the gateway's memory in the first and in the last third of the arrivals, if the address of its metrics is
 * known.
 */
export function watchMemory({ metrics, ...plan }: Arrivals & Measured, events: Events): void {
  if (watching) return;
  watching = true;
  events.emit('counter', 'gateway.memory_looks', 0);
  if (!metrics) return;
  setInterval(async () => {
    const third = partOfArrivals(plan);
    const bytes = third ? await residentBytes(metrics) : null;
    if (bytes === null) return;
    events.emit('counter', 'gateway.memory_looks', 1);
    events.emit('histogram', `gateway_${third}_mb`, bytes / 2 ** 20);
  }, EVERY_MS).unref();
}

async function residentBytes(metrics: string): Promise<number | null> {
  const answer = await fetch(metrics, { signal: AbortSignal.timeout(EVERY_MS) }).catch(() => null);
  const found = answer?.ok ? RESIDENT.exec(await answer.text()) : null;
  return found ? Number(found[1]) : null;
}
