import { expect, test } from 'vitest';
import type { Call } from './call-log.ts';
import { judgeSpeed } from './judge-speed.ts';
import { timesOf } from './latencies.ts';
import type { RunReport } from './run-report.ts';

const SHOPPERS = 1_000;
const UNITS = 50;

/** A rush in which everybody was there and everything was quick: a thousand calls of each kind, 100 ms each. */
function rush() {
  const figures: RunReport['figures'] = {
    ...{ peakAlive: SHOPPERS, joinedWithinSeconds: 80, sold: UNITS, oversold: 0, errors: 0, timeouts: 0 },
    ...{ calls: 3 * SHOPPERS, peakConnections: 20, generatorCpuSeconds: 1 },
  };
  const calls = (['join', 'poll', 'order'] as const).flatMap((kind) =>
    Array.from(
      { length: SHOPPERS },
      (_, shopper): Call => ({
        ...{ shopper, kind, outcome: 'ok', status: 200, at: shopper, ms: 100 },
      }),
    ),
  );
  return { figures, calls };
}
type World = ReturnType<typeof rush>;

const judge = ({ figures, calls }: World) => {
  const times = {
    ...{ join: timesOf(calls, 'join'), poll: timesOf(calls, 'poll'), order: timesOf(calls, 'order') },
  };
  return judgeSpeed({ shoppers: SHOPPERS, units: UNITS, figures, times });
};

/** One call in so many of a kind takes so long. */
const slow =
  (kind: Call['kind'], oneIn: number, ms: number) =>
  ({ calls }: World) => {
    for (const call of calls) if (call.kind === kind && call.shopper % oneIn === 0) call.ms = ms;
  };

/** For each promise, ways to break it; the judge has to notice each. */
const sabotage: Record<string, Array<(world: World) => unknown>> = {
  'All were there at the same time': [({ figures }) => Object.assign(figures, { peakAlive: SHOPPERS - 1 })],
  'All joined within 120 s': [({ figures }) => Object.assign(figures, { joinedWithinSeconds: 120.1 })],
  'join p99 below 1000 ms': [slow('join', 50, 1_001), withoutAny('join')],
  'poll p99 below 500 ms': [slow('poll', 50, 501), withoutAny('poll')],
  'order p99 below 500 ms': [slow('order', 50, 501), withoutAny('order')],
  'Everything is sold, and no more': [
    ({ figures }) => Object.assign(figures, { sold: UNITS - 1 }),
    ({ figures }) => Object.assign(figures, { sold: UNITS + 1, oversold: 1 }),
  ],
};

/** A kind of which there was none was not quick. */
function withoutAny(kind: Call['kind']) {
  return (world: World) => {
    world.calls = world.calls.filter((call) => call.kind !== kind);
  };
}

test('a rush in which all were there and quick keeps every promise', () => {
  expect(judge(rush()).map(({ guarantee, kept }) => [guarantee, kept])).toEqual(
    Object.keys(sabotage).map((guarantee) => [guarantee, true]),
  );
});

test.each(
  Object.entries(sabotage).flatMap(([guarantee, ways]) =>
    ways.map((way, at) => ({ guarantee, way, nth: at + 1 })),
  ),
)('"$guarantee" is seen broken, way $nth', ({ guarantee, way }) => {
  const world = rush();
  way(world);
  expect(judge(world).flatMap((verdict) => (verdict.kept ? [] : [verdict.guarantee]))).toContain(guarantee);
});

test('one call in two hundred may be slow: the limit is on the 99th percentile', () => {
  const world = rush();
  slow('order', 200, 5_000)(world);
  expect(judge(world).every(({ kept }) => kept)).toBe(true);
});
