import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { etaSeconds, type Forecast, middleOf } from './forecast.ts';
import {
  assumedThroughput,
  type ThroughputEstimate,
  type ThroughputLimits,
  type ThroughputReading,
  updateThroughput,
} from './throughput-estimator.ts';

const LIMITS: ThroughputLimits = {
  admissions_per_minute: 60,
  max_active: 50,
  stock_factor: 3,
  claim_seconds: 60,
  poll_max_ms: 60_000,
  poll_budget_rps: 2_000,
};
const START: ThroughputReading = {
  at: 1_800_000_000_000,
  madeAt: 1,
  waiting: 500,
  active: 0,
  remaining: null,
  called: 0,
  dropped: 0,
};

type Second = Partial<{
  calls: number;
  freed: number;
  drops: number;
  waiting: number;
  remaining: number;
  limits: Partial<ThroughputLimits>;
  admitting: boolean;
  gapSeconds: number;
}>;

/** A room that is read once a second while `course` defines what happens in it. */
function live(seconds: number, course: (second: number) => Second, from = begin()) {
  let { estimate, reading, limits } = from;
  for (let second = 0; second < seconds; second += 1) {
    const { calls = 0, freed = 0, drops = 0, gapSeconds = 1, ...given } = course(second);
    const before = reading;
    limits = { ...limits, ...given.limits };
    reading = {
      ...reading,
      at: reading.at + gapSeconds * 1_000,
      waiting: given.waiting ?? reading.waiting,
      remaining: given.remaining ?? reading.remaining,
      called: reading.called + calls,
      dropped: reading.dropped + drops,
      active: Math.max(0, reading.active + calls - freed),
    };
    estimate = updateThroughput(estimate, before, reading, limits, given.admitting ?? true);
  }
  return { estimate, reading, limits };
}
const begin = (limits: Partial<ThroughputLimits> = {}) => {
  const all = { ...LIMITS, ...limits };
  return {
    estimate: updateThroughput(assumedThroughput(all), null, START, all, true),
    reading: START,
    limits: all,
  };
};
const middle = (estimate: ThroughputEstimate, ahead = 300) =>
  middleOf(etaSeconds(ahead, estimate.forecast as Forecast));

/** One call a second, and each slot held for 30 s. */
const steady = (second: number): Second => ({ calls: 1, freed: second >= 30 ? 1 : 0 });
/** All 50 slots taken, and one freed every four seconds. */
const full = (second: number): Second =>
  second < 50 ? { calls: 1 } : second % 4 === 0 ? { calls: 1, freed: 1 } : {};

describe('the throughput of a room', () => {
  test('that is limited only by its rate is the rate', () => {
    const { estimate } = live(180, steady);
    expect(estimate.forecast).toMatchObject({ rate: 1, measuredRate: 1 });
    expect(middle(estimate)).toBeGreaterThan(240);
    expect(middle(estimate)).toBeLessThan(330);
    expect(estimate.reason).toBeNull();
  });

  test('with full slots is the rate at which they become free', () => {
    const { estimate } = live(400, full);
    expect(estimate.forecast?.turnover).toBeGreaterThan(0.2);
    expect(estimate.forecast?.turnover).toBeLessThan(0.3);
    expect(middle(estimate)).toBeGreaterThan(900);
    expect(middle(estimate)).toBeLessThan(1_500);
  });

  test('does not fall because few joined: a short line says nothing about a long one', () => {
    const { estimate } = live(180, (second) => ({
      calls: second % 10 === 0 ? 1 : 0,
      freed: second % 10 === 9 ? 1 : 0,
      waiting: 0,
    }));
    expect(estimate.forecast?.measuredRate).toBe(1);
  });

  test('follows the measurement when fewer are called than rate and free slots allow', () => {
    const { estimate } = live(180, (second) => (second % 2 === 0 ? { calls: 1, freed: 1 } : {}));
    expect(estimate.forecast?.measuredRate).toBeGreaterThan(0.45);
    expect(estimate.forecast?.measuredRate).toBeLessThan(0.6);
    expect(estimate.forecast?.rate).toBe(1);
  });

  test('does not fall because no gateway ticked, or because the room was paused', () => {
    const before = live(100, steady);
    const stalled = live(1, () => ({ gapSeconds: 20 }), before);
    expect(live(22, () => ({ calls: 1, freed: 1 }), stalled).estimate.forecast?.measuredRate).toBe(1);
    const paused = live(20, () => ({ admitting: false }), before);
    expect(live(22, () => ({ calls: 1, freed: 1 }), paused).estimate.forecast?.measuredRate).toBe(1);
  });

  test('continues unchanged when Redis has lost the room', () => {
    const { estimate, reading, limits } = live(400, full);
    const lost = { ...reading, at: reading.at + 2_000, madeAt: 2, called: 0, dropped: 0, active: 50 };
    const after = updateThroughput(estimate, reading, lost, limits, true);
    expect(after.totals).toEqual(estimate.totals);
    expect(after.forecast?.turnover).toBeCloseTo(estimate.forecast?.turnover ?? 0, 1);
  });

  test('includes drop-outs only in the low end', () => {
    const none = live(180, steady).estimate.forecast as Forecast;
    const many = live(180, (second) => ({ ...steady(second), drops: second % 2 })).estimate
      .forecast as Forecast;
    expect(etaSeconds(300, many).low).toBeLessThan(etaSeconds(300, none).low * 0.85);
    expect(etaSeconds(300, many).high).toBe(etaSeconds(300, none).high);
  });

  test('keeps a bounded history', () => {
    expect(live(1_000, full).estimate.samples.length).toBeLessThanOrEqual(62);
    const restless = live(1_000, (second) => ({ ...full(second), remaining: 1_000 - second }));
    expect(restless.estimate.samples.length).toBeLessThanOrEqual(62);
  });
});

describe('there is no estimate, and a reason', () => {
  test.each<[string, Second, string]>([
    ['slots are full and nobody was called for a minute', {}, 'shop_busy'],
    ['the stock is enough only for active shoppers, for a minute', { remaining: 10 }, 'stock_low'],
  ])('while %s', (_, then, reason) => {
    const taken = live(50, full);
    expect(taken.estimate.forecast).not.toBeNull();
    const soon = live(58, () => then, taken);
    expect(soon.estimate.forecast).not.toBeNull();
    const later = live(4, () => then, soon);
    expect(later.estimate).toMatchObject({ forecast: null, reason });
    const again = live(1, () => ({ calls: 1, freed: 41, ...then }), later);
    expect(again.estimate.forecast).not.toBeNull();
  });

  test('at once when nothing remains', () => {
    expect(live(1, () => ({ remaining: 0 })).estimate).toMatchObject({ forecast: null, reason: 'stock_low' });
  });
});

describe('a growing estimate has a reason', () => {
  const slow = live(120, steady);
  const lowered = (second: number): Second => ({
    limits: { admissions_per_minute: 20 },
    ...(second % 3 === 0 ? { calls: 1, freed: 1 } : {}),
  });
  test.each<[string, string, (second: number) => Second]>([
    ['rate_lowered', 'the rate is lowered', lowered],
    ['shop_busy', 'the cap is lowered', () => ({ limits: { max_active: 5 } })],
    ['stock_low', 'the stock runs low', () => ({ remaining: 2 })],
    [
      'catching_up',
      'calls are slower than the rate',
      (second) => (second % 3 === 0 ? { calls: 1, freed: 1 } : {}),
    ],
  ])('%s when %s', (reason, _, course) => {
    expect(slow.estimate.reason).toBeNull();
    const { estimate } = live(50, course, slow);
    expect(middle(estimate)).toBeGreaterThan(middle(slow.estimate) * 1.15);
    expect(estimate.reason).toBe(reason);
  });

  test('until the client with the longest poll interval has polled, and no longer', () => {
    const rareAsking = live(120, steady, begin({ poll_max_ms: 300_000 }));
    expect(live(66, lowered, slow).estimate.reason).toBe('rate_lowered');
    expect(live(74, lowered, slow).estimate.reason).toBeNull();
    expect(live(340, lowered, rareAsking).estimate.reason).toBe('rate_lowered');
    expect(live(350, lowered, rareAsking).estimate.reason).toBeNull();
  });

  test('also when the estimate is older than the first reading', () => {
    const limits = { ...LIMITS, admissions_per_minute: 10 };
    expect(updateThroughput(assumedThroughput(LIMITS), null, START, limits, true).reason).toBe(
      'rate_lowered',
    );
  });

  test('and none when it shrinks', () => {
    expect(live(10, () => ({ limits: { admissions_per_minute: 200 } }), slow).estimate.reason).toBeNull();
  });
});

const forecasts: fc.Arbitrary<Forecast> = fc
  .record({
    rate: fc.double({ min: 1 / 60, max: 1_000, noNaN: true }),
    measured: fc.double({ min: 0.01, max: 1, noNaN: true }),
    free: fc.nat(1_000),
    turnover: fc.double({ min: 0.001, max: 1_000, noNaN: true }),
    doubt: fc.double({ min: 0, max: 1, noNaN: true }),
    dropShare: fc.double({ min: 0.15, max: 0.4, noNaN: true }),
  })
  .map(({ measured, ...rest }) => ({ ...rest, measuredRate: rest.rate * measured }));

describe('an estimate', () => {
  test('is a range of whole seconds, never negative, and low never exceeds high', () => {
    fc.assert(
      fc.property(forecasts, fc.nat(1_000_000), (forecast, ahead) => {
        const { low, high } = etaSeconds(ahead, forecast);
        expect(Number.isSafeInteger(low) && Number.isSafeInteger(high)).toBe(true);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeGreaterThanOrEqual(low);
      }),
    );
  });

  test('never grows as the line advances', () => {
    fc.assert(
      fc.property(forecasts, fc.nat(100_000), fc.nat(1_000), (forecast, ahead, moved) => {
        const [near, far] = [etaSeconds(ahead, forecast), etaSeconds(ahead + moved, forecast)];
        expect(near.high).toBeLessThanOrEqual(far.high);
        expect(near.low).toBeLessThanOrEqual(far.low);
      }),
    );
  });
});
