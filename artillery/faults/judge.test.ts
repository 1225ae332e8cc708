import { expect, test } from 'vitest';
import type { Call } from '../crowd/call-log.ts';
import { type GeneratorResults, newGeneratorResults } from '../crowd/messages.ts';
import { type CrowdFacts, judgeCrowd } from './judge.ts';
import type { FaultAtPlace } from './kinds.ts';

const SHOPPERS = 200;
const STARTS_AT = 1_000_000;
const CUT: FaultAtPlace = { kind: 'cut', place: 'checkout to Postgres' };
const EMPTIED: FaultAtPlace = { kind: 'empty', place: 'waiting room Redis' };

/** Ten calls a second, each active for a second; an outage in the middle, with the right answers to everybody. */
function run() {
  const calls: Call[] = Array.from({ length: SHOPPERS }, (_, shopper): Call[] => [
    { shopper, kind: 'join', outcome: 'ok', status: 201, at: shopper, ms: 0.5 },
    { shopper, kind: 'poll', outcome: 'refused', status: 503, at: 5_000 + shopper, ms: 5 },
    { shopper, kind: 'poll', outcome: 'unknown', status: 1, at: 6_000 + shopper, ms: 3_000 },
    { shopper, kind: 'order', outcome: 'failed', status: 502, at: 10_900 + shopper * 100, ms: 5 },
    { shopper, kind: 'order', outcome: 'ok', status: 202, at: 11_000 + shopper * 100, ms: 5 },
  ]).flat();
  const called = Array.from({ length: SHOPPERS }, (_, shopper) => ({
    ...{ shopper, number: shopper + 1, at: STARTS_AT + 10_000 + shopper * 100 },
  }));
  const results: GeneratorResults = {
    ...newGeneratorResults(),
    calls: called,
    claimed: called.map(({ shopper }) => shopper),
    numbers: called.map(({ shopper, number }) => [shopper, number]),
  };
  const facts: CrowdFacts = {
    ...{ shoppers: SHOPPERS, rate: 600, cap: 20, peakActive: 20, calls, results: [results] },
    ...{ startsAt: STARTS_AT, claimSeconds: 20 },
  };
  return { facts, calls, results };
}
type World = ReturnType<typeof run>;

/** Half of the calls come after the end of the fault. */
const OVER = STARTS_AT + 20_000;
const broken = ({ facts }: World, fault: FaultAtPlace) =>
  judgeCrowd(facts, { ...fault, over: OVER }).flatMap(({ guarantee, kept }) => (kept ? [] : [guarantee]));

/** A ticket whose holder had not seen its call is called again, after higher numbers. */
const callAgain = ({ results }: World, afterMs: number) =>
  Object.assign(results.calls[50] as object, { at: STARTS_AT + 10_000 + 5_000 + afterMs });

/** For each guarantee, ways to violate it; the judge must notice each. */
const sabotage: Record<string, Array<(world: World) => unknown>> = {
  'Calls go by number': [(world) => callAgain(world, 250)],
  'Calls in any 5 s stay at the rate': [
    ({ results }) => {
      for (const call of results.calls.slice(60, 75)) call.at = (results.calls[60] as { at: number }).at;
    },
  ],
  'Calls in any 60 s stay at the rate': [
    // 200 calls in 20 s at 600 a minute: 401 repeated calls, as little as 98 ms apart, are one too many.
    ({ results }) => {
      const seconds = results.calls.map((call, nth) => ({ ...call, at: STARTS_AT + 40_000 + (nth % 98) }));
      const thirds = results.calls.map((call, nth) => ({ ...call, at: STARTS_AT + 69_000 + nth }));
      results.calls.push(...seconds, ...thirds, { shopper: 0, number: 1, at: STARTS_AT + 70_000 });
    },
  ],
  'Calls resume': [
    ({ results }) => {
      for (const call of results.calls) if (call.at >= OVER) call.at += 26_000;
    },
  ],
  'Active stays under its cap': [({ facts }) => Object.assign(facts, { peakActive: 21 })],
  'Active stays under its cap, as shoppers saw it': [
    ({ calls }) => {
      for (const call of calls) if (call.kind === 'order') call.at += 1_200;
    },
  ],
  'Called shoppers get a token': [
    ({ calls }) =>
      calls.push({ shopper: 3, kind: 'claim', outcome: 'refused', status: 409, at: 12_000, ms: 5 }),
  ],
  'No answer is wrong': [
    ({ calls }) => Object.assign(calls[1] as object, { outcome: 'failed', status: 500 }),
    ({ calls }) => Object.assign(calls[1] as object, { outcome: 'failed', status: 502 }),
    ({ calls }) => Object.assign(calls[3] as object, { status: 500 }),
  ],
  'Every shopper finished': [({ results }) => Object.assign(results, { unfinished: 1 })],
  'No place that was given is lost': [({ results }) => results.placesLost.push('shopper 9')],
  'One holder for each number': [({ results }) => results.numbers.splice(7, 1, [7, 7])],
  'No token without a call': [({ results }) => results.claimed.push(3)],
};

test('an outage with the right answers to everybody violates nothing', () => {
  expect(broken(run(), CUT)).toEqual([]);
  expect(judgeCrowd(run().facts, { ...CUT, over: OVER }).map(({ guarantee }) => guarantee)).toEqual(
    expect.arrayContaining(Object.keys(sabotage)),
  );
});

test.each(
  Object.entries(sabotage).flatMap(([guarantee, ways]) =>
    ways.map((way, at) => ({ guarantee, way, nth: at + 1 })),
  ),
)('a violation of "$guarantee" is noticed, way $nth', ({ guarantee, way }) => {
  const world = run();
  way(world);
  expect(broken(world, CUT)).toContain(guarantee);
});

test('after a loss of Redis a ticket may be called again, within three seconds', () => {
  const [soon, late] = [run(), run()];
  callAgain(soon, 2_000);
  callAgain(late, 3_200);
  expect(broken(soon, EMPTIED)).toEqual([]);
  expect(broken(late, EMPTIED)).toContain('Calls go by number');
});

test('a full minute is not too full, however often a call was seen', () => {
  const world = run();
  const { calls } = world.results;
  const seconds = calls.map((call, nth) => ({ ...call, at: STARTS_AT + 40_000 + nth }));
  const thirds = calls.map((call, nth) => ({ ...call, at: STARTS_AT + 69_000 + nth }));
  calls.push(...seconds, ...thirds, ...seconds);
  expect(broken(world, CUT)).not.toContain('Calls in any 60 s stay at the rate');
});

test('a call that its holder saw twice counts once', () => {
  const world = run();
  world.results.calls.push({
    ...(world.results.calls[5] as GeneratorResults['calls'][number]),
    at: STARTS_AT + 30_000,
  });
  expect(broken(world, CUT)).toEqual([]);
});
