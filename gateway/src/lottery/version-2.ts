import { createHmac } from 'node:crypto';

/** Chosen by a statistic: see docs/adr/0022-the-draw.md. */
export const ROUNDS = 16;
const FEWEST_BITS = 6;
/** A digest has 16 words of 16 bits. So a half has at most 16 bits, and a draw at most 2^32 places. */
const WORDS_PER_DIGEST = 16;

/** Derived from the seed: a word of 16 bits for each round and half, and whether the first two arrivals are swapped. */
export type Words = { word(round: number, half: number): number; swap: boolean };

/**
 * Bits of the left and of the right half for a size. Their 2^(left + right) places are fewer than twice the size, or
 * 64.
 */
export function halvesFor(size: number): { left: number; right: number } {
  let bits = FEWEST_BITS;
  while (2 ** bits < size) bits += 1;
  const left = Math.floor(bits / 2);
  return { left, right: bits - left };
}

/** Words by HMAC-SHA-256 with the seed's text as key, computed on first use. */
export function seedWords(seed: string): Words {
  const digests = new Map<string, Buffer>();
  const digest = (message: string) => {
    const known = digests.get(message) ?? createHmac('sha256', seed).update(message).digest();
    digests.set(message, known);
    return known;
  };
  return {
    word: (round, half) =>
      digest(`${round}:${Math.floor(half / WORDS_PER_DIGEST)}`).readUInt16BE((half % WORDS_PER_DIGEST) * 2),
    swap: (digest('swap').readUInt8(0) & 1) === 1,
  };
}

/**
 * Version 2 of the draw: a Feistel network of 16 rounds that alternate between the halves, over the next power of two,
 * with cycle walking into the range. With a power of two, words are cut without bias. Such a network makes only even
 * permutations; the swap of the first two makes the odd ones equally likely.
 * @returns the permutation of 0…size − 1
 */
export function permute(size: number, { word, swap }: Words): (value: number) => number {
  const bits = halvesFor(size);
  const [width, leftMask, rightMask] = [2 ** bits.right, 2 ** bits.left - 1, 2 ** bits.right - 1];
  return (from) => {
    let value = swap && from < 2 ? 1 - from : from;
    do {
      let [left, right] = [Math.floor(value / width), value % width];
      for (let round = 0; round < ROUNDS; round += 2) {
        left ^= word(round, right) & leftMask;
        right ^= word(round + 1, left) & rightMask;
      }
      value = left * width + right;
    } while (value >= size);
    return value;
  };
}
