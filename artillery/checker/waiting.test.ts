import { expect, test } from 'vitest';
import type { Call } from '../crowd/call-log.ts';
import type { GeneratorResults } from '../crowd/messages.ts';
import { checkWaiting, type WaitingFacts } from './waiting.ts';

const SHOPPERS = 2_000;
/** Ten calls a second for two minutes: 601 in a closed window of 60 s. */
const CALLED = 1_200;
const RATE = 601;

/** A correct run: shopper 0 has number 1, and so on. */
function run() {
  const calls: Call[] = Array.from({ length: SHOPPERS }, (_, shopper) => ({
    ...{ shopper, kind: 'join', outcome: 'ok', status: 201, at: shopper * 10, ms: 5 },
  }));
  const called = Array.from({ length: CALLED }, (_, at) => ({
    shopper: at,
    number: at + 1,
    at: at * 100,
  }));
  const results: GeneratorResults = {
    calls: called,
    claimed: called.map(({ shopper }) => shopper),
    numbers: calls.map(({ shopper }) => [shopper, shopper + 1]),
    ...{ buyers: [], rejoined: [], placesLost: [], surprises: [] },
    ...{ numbersChanged: 0, toldSoldOut: 0, noShows: 0, unfinished: 0, cpuSeconds: 1 },
  };
  const facts: WaitingFacts = {
    ...{ shoppers: SHOPPERS, rate: RATE, cap: 50, peakActive: 50, calls, results: [results] },
    ...{ admittedFrom: 0, admittedUntil: CALLED * 100 },
  };
  return { facts, calls, results };
}
type World = ReturnType<typeof run>;

const judge = (facts: WaitingFacts) => checkWaiting(facts);

/** For each guarantee, ways to violate it; the checker must notice each. */
const sabotage: Record<string, Array<(world: World) => void>> = {
  'Every shopper got a place': [({ calls }) => calls.pop()],
  'No error, no time-out': [
    ({ calls }) => Object.assign(calls[3] as object, { kind: 'poll', outcome: 'unknown', status: 1 }),
    ({ calls }) => calls.push({ ...(calls[3] as Call), kind: 'poll', outcome: 'failed', status: 500 }),
    ({ calls }) => calls.push({ ...(calls[3] as Call), kind: 'poll', outcome: 'refused', status: 503 }),
  ],
  'Every shopper finished': [
    ({ results }) => Object.assign(results, { unfinished: 1 }),
    ({ results }) => results.surprises.push('poll: 404 ticket_unknown'),
  ],
  'No place that was given is lost': [({ results }) => results.placesLost.push('shopper 9')],
  'A number never changes': [({ results }) => Object.assign(results, { numbersChanged: 1 })],
  'One holder for each number': [({ results }) => results.numbers.splice(7, 1, [7, 7])],
  'First come, first number': [({ results }) => results.numbers.splice(7, 2, [7, 9], [8, 8])],
  'Calls go by number': [
    ({ results }) => {
      const [one, other] = results.calls.slice(10, 12) as [
        World['results']['calls'][number],
        World['results']['calls'][number],
      ];
      [one.number, other.number] = [other.number, one.number];
    },
  ],
  'Calls in any 60 s stay at the rate': [
    ({ results }) => results.calls.push({ shopper: 1_500, number: CALLED + 1, at: 119_900 }),
  ],
  'The rate is reached in every 60 s': [({ results }) => results.calls.splice(400, 20)],
  'Active stays under its cap': [({ facts }) => Object.assign(facts, { peakActive: 51 })],
  'No token without a call': [
    ({ results }) => results.claimed.push(1_500),
    ({ results }) => results.claimed.push(3),
  ],
};

test('a correct run passes every guarantee', () => {
  expect(judge(run().facts).map(({ guarantee, kept }) => [guarantee, kept])).toEqual(
    Object.keys(sabotage).map((guarantee) => [guarantee, true]),
  );
});

test.each(
  Object.entries(sabotage).flatMap(([guarantee, ways]) =>
    ways.map((way, at) => ({ guarantee, way, nth: at + 1 })),
  ),
)('a violation of "$guarantee" is noticed, way $nth', ({ guarantee, way }) => {
  const world = run();
  way(world);
  const broken = judge(world.facts).filter(({ kept }) => !kept);
  expect(broken.map((verdict) => verdict.guarantee)).toContain(guarantee);
});

test('a shopper who left and joined again is judged by neither place', () => {
  const { facts, results } = run();
  results.numbers.splice(7, 1, [7, 900]);
  results.rejoined.push(7);
  expect(judge(facts).find(({ guarantee }) => guarantee === 'First come, first number')?.kept).toBe(true);
});
