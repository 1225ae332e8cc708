import { createLifecycle } from '@shopfast/kit/lifecycle';
import { expect, test } from 'vitest';
import { runRush } from './rush.ts';

/** Latencies are in reports and judged by people, on a quiet machine. */
const isOfSpeed = (guarantee: string) => guarantee.includes('p99');

test('a small rush, with all the parts of a large one, passes every guarantee', {
  timeout: 120_000,
}, async () => {
  const lifecycle = createLifecycle();
  try {
    const options = { shoppers: 150, units: 5, rate: 1_200, seconds: 2 };
    const context = { lifecycle, signal: AbortSignal.timeout(100_000), say: () => {} };
    const { verdicts, figures } = await runRush(options, context);
    expect(verdicts.filter(({ kept, guarantee }) => !kept && !isOfSpeed(guarantee))).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(30);
    expect(figures).toMatchObject({ sold: 5, oversold: 0, peakAlive: 150, errors: 0, timeouts: 0 });
  } finally {
    await lifecycle.close();
  }
});
