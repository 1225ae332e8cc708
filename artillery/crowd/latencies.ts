import type { Call, Kind } from './call-log.ts';

export type Times = { count: number; p50: number; p95: number; p99: number; max: number };

/** Latencies of one kind of request, ms, from when it was due until its last byte. */
export const timesOf = (calls: readonly Call[], kind: Kind): Times =>
  spread(calls.flatMap((call) => (call.kind === kind ? [call.ms] : [])));

/** @param times ms */
export function spread(times: readonly number[]): Times {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Math.round((sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0) * 10) / 10;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** The 99th percentile of each second, for a chart. */
export function p99BySecond(calls: readonly Call[], kind: Kind): Array<[second: number, ms: number]> {
  const bySecond = new Map<number, Call[]>();
  for (const call of calls) {
    if (call.kind !== kind) continue;
    const second = Math.floor(call.at / 1_000);
    const there = bySecond.get(second);
    if (there) there.push(call);
    else bySecond.set(second, [call]);
  }
  return [...bySecond]
    .toSorted(([a], [b]) => a - b)
    .map(([second, some]) => [second, timesOf(some, kind).p99]);
}
