import { hash, randomBytes } from 'node:crypto';
import { firstPermutation } from './version-1.ts';
import { permute, seedWords } from './version-2.ts';

/**
 * The fair start of a lottery room. A commitment to the seed is published before the lobby opens. When the room opens,
 * the seed and the size of the lobby are published. Together they permute the arrival indexes 1…size, and anybody can
 * compute every number. `docs/fairness.md` has the algorithm; `lua/number.part.lua` and the page compute the same.
 */
export type Draw = {
  seed: string;
  size: number;
  /** How the permutation is made. Absent in documents from before versions existed: 1. */
  version?: DrawVersion | undefined;
};

export const DRAW_VERSIONS = [1, 2] as const;
export type DrawVersion = (typeof DRAW_VERSIONS)[number];

/** The version for new seeds. */
export const NEWEST_DRAW = 2 satisfies DrawVersion;

export const newSeed = (): string => randomBytes(32).toString('hex');

/** The published commitment, hex: SHA-256 of `v2:{seed}`; in version 1 of the seed alone. It also fixes the version. */
export function commitmentTo(seed: string, version: DrawVersion = 1): string {
  return hash('sha256', version === 1 ? seed : `v${version}:${seed}`, 'hex');
}

/** The number of an arrival index. @param index from 1; beyond the draw's size, numbers follow arrival */
export const numberOf = (index: number, draw: Draw): number => numbersOf(draw)(index);

/** The same for many indexes of one draw; it caches the hashes. */
export function numbersOf({ seed, size, version = 1 }: Draw): (index: number) => number {
  if (size < 2) return (index) => index;
  const next = version === 1 ? firstPermutation(seed, size) : permute(size, seedWords(seed));
  return (index) => (index > size ? index : next(index - 1) + 1);
}
