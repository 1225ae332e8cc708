import type { Verdict } from '@shopfast/sandbox/checker/check';
import type { RunReport } from './run-report.ts';

const JOINED_WITHIN_SECONDS = 120;
const P99_MS = { join: 1_000, poll: 500, order: 500 } as const;

/** Checks of size and speed. They are valid on the machine of the measurement. */
export function judgeSpeed({
  shoppers,
  units,
  figures,
  times,
}: { shoppers: number; units: number } & Pick<RunReport, 'figures' | 'times'>): Verdict[] {
  const say = (guarantee: string, kept: boolean, evidence: string): Verdict => ({
    guarantee,
    kept,
    evidence,
  });
  return [
    say(
      'All shoppers were in the room at the same time',
      figures.peakAlive >= shoppers,
      `${figures.peakAlive} tickets alive of ${shoppers}`,
    ),
    say(
      `All joined within ${JOINED_WITHIN_SECONDS} s`,
      figures.joinedWithinSeconds <= JOINED_WITHIN_SECONDS,
      `${figures.joinedWithinSeconds.toFixed(1)} s`,
    ),
    ...Object.entries(P99_MS).map(([kind, limit]) => {
      const { count = 0, p99 = 0 } = times[kind] ?? {};
      const evidence = count > 0 ? `${p99} ms` : 'no such call';
      return say(`${kind} p99 below ${limit} ms`, count > 0 && p99 < limit, evidence);
    }),
    say(
      'Everything is sold, and no more',
      figures.sold === units,
      `${figures.sold} of ${units}, oversold ${figures.oversold}`,
    ),
  ];
}
