import { hash, randomBytes } from 'node:crypto';

/**
 * The fair start of a lottery room. Before the lobby opens the seed's SHA-256 is published (the commitment); when the room
 * opens, the seed and the size of the lobby are. Both together permute the arrival indexes 1…size, and anybody can
 * compute every number. The same network is in `lua/number.part.lua`; a test holds one against the other.
 */
export type Draw = { seed: string; size: number };

export const newSeed = (): string => randomBytes(32).toString('hex');

/** What is published before: SHA-256 of the seed's text, hex. */
export const commitmentTo = (seed: string): string => hash('sha256', seed, 'hex');

/**
 * The number that an arrival index gets. A balanced Feistel network of four rounds over the next power of four, walked
 * until the value falls into the range; the round function is SHA-1 of `seed:round:half`, its first 32 bits.
 * @param index from 1; beyond the draw's size numbers follow arrival
 */
export function numberOf(index: number, { seed, size }: Draw): number {
  if (size < 2 || index > size) return index;
  let half = 2;
  while (half * half < size) half *= 2;
  let value = index - 1;
  do {
    value = permute(value, seed, half);
  } while (value >= size);
  return value + 1;
}

function permute(value: number, seed: string, half: number): number {
  let [left, right] = [Math.floor(value / half), value % half];
  for (let round = 0; round < 4; round += 1) {
    const digest = hash('sha1', `${seed}:${round}:${right}`, 'hex');
    [left, right] = [right, (left + (Number.parseInt(digest.slice(0, 8), 16) % half)) % half];
  }
  return left * half + right;
}
