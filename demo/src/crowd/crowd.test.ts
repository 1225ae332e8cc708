import { expect, test } from 'vitest';
import { INSIDE_ABUSE, OUTSIDE_ABUSE } from './abuse-kinds.ts';
import { castCrowd } from './crowd.ts';

test('one shopper in twenty is abusive, and every kind of abuse occurs', () => {
  const crowd = castCrowd({ shoppers: 2_000, units: 50 });
  const villains = crowd.filter((shopper) => shopper.inside || shopper.outside);
  expect(crowd).toHaveLength(2_000);
  expect(villains).toHaveLength(100);
  const ways = new Set(villains.map((shopper) => shopper.inside ?? shopper.outside));
  expect([...ways].sort()).toEqual([...INSIDE_ABUSE, ...OUTSIDE_ABUSE].sort());
  expect(new Set(crowd.map((shopper) => shopper.email)).size).toBe(2_000);
});

test('a small crowd has an abusive shopper too', () => {
  const crowd = castCrowd({ shoppers: 5, units: 2 });
  expect(crowd.filter((shopper) => shopper.inside || shopper.outside)).toHaveLength(1);
});
