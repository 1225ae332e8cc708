import { hash, randomBytes } from 'node:crypto';
import { firstPermutation } from './version-1.ts';
import { openWords, permute } from './version-2.ts';

/**
 * The fair start of a lottery room. Before the lobby opens, a commitment to the seed is published. When the room opens,
 * the seed and the size of the lobby are. Both together permute the arrival indexes 1…size, and anybody can compute
 * every number. `docs/fairness.md` has the recipe; `lua/number.part.lua` and the page compute the same.
 */
export type Draw = {
  seed: string;
  size: number;
  /** How the permutation is made. Absent, as in what was published before there were versions: 1. */
  version?: DrawVersion | undefined;
};

export const DRAW_VERSIONS = [1, 2] as const;
export type DrawVersion = (typeof DRAW_VERSIONS)[number];

/** The version of draws whose seed is made now. */
export const NEWEST_DRAW = 2 satisfies DrawVersion;

export const newSeed = (): string => randomBytes(32).toString('hex');

/** What is published before, hex: SHA-256 of `v2:{seed}`; in version 1 of the seed alone. It binds the version, too. */
export function commitmentTo(seed: string, version: DrawVersion = 1): string {
  return hash('sha256', version === 1 ? seed : `v${version}:${seed}`, 'hex');
}

/** The number that an arrival index gets. @param index from 1; beyond the draw's size numbers follow arrival */
export const numberOf = (index: number, draw: Draw): number => numbersOf(draw)(index);

/** The same for many indexes of one draw: what was hashed is kept. */
export function numbersOf({ seed, size, version = 1 }: Draw): (index: number) => number {
  if (size < 2) return (index) => index;
  const next = version === 1 ? firstPermutation(seed, size) : permute(size, openWords(seed));
  return (index) => (index > size ? index : next(index - 1) + 1);
}
