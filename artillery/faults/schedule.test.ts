import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KIND_NAMES, kindOf } from './kinds.ts';
import { LAB_LINKS } from './lab-links.ts';
import { planOf, plansOf } from './schedule.ts';

const seeds = fc.integer({ min: 1, max: 100_000 });

test('fifty runs have every kind of fault at least four times, and every link at least once', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const plans = plansOf(seed, 50);
      for (const kind of KIND_NAMES)
        expect(plans.filter((plan) => plan.kind === kind).length).toBeGreaterThanOrEqual(4);
      const places = new Set(plans.map((plan) => plan.place));
      for (const link of LAB_LINKS) expect(places).toContain(link);
      for (const { kind, place } of plans) expect(kindOf(kind).places).toContain(place);
    }),
  );
});

test('a printed seed repeats its run: kind, place and every random number', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 60 }), (seed, run) => {
      const there = plansOf(seed, 60)[run - 1];
      const again = planOf(seed, run);
      expect([again.seed, again.kind, again.place]).toEqual([there?.seed, there?.kind, there?.place]);
      expect([again.random(), again.random()]).toEqual([there?.random(), there?.random()]);
    }),
    { numRuns: 30 },
  );
});

test('runs of one kind, or at one place, are the same as in the schedule', () => {
  const all = plansOf(3, 200);
  const some = plansOf(3, 4, { only: ['half-open'] });
  expect(some.map((plan) => plan.seed)).toEqual(
    all
      .filter((plan) => plan.kind === 'half-open')
      .slice(0, 4)
      .map((plan) => plan.seed),
  );
  expect(plansOf(3, 1, { only: ['cut'], at: 'workers to Redis' })).toMatchObject([
    { kind: 'cut', place: 'workers to Redis' },
  ]);
});

test('different runs draw differently', () => {
  const draws = plansOf(1, 200).map((plan) => plan.random());
  expect(new Set(draws).size).toBe(200);
});
