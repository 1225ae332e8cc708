import { halvesFor, ROUNDS, seedWords } from './version-2.ts';

/**
 * The words of a draw of version 2 as `lua/number.part.lua` reads them, so that Redis never hashes. First two bytes:
 * whether the first two are swapped (0 or 1). Then for each value of a half, from 0, the words of all rounds, 16 bits
 * each, big-endian.
 * @param size the most places that the table supports; a table for more begins with the same bytes
 */
export function drawTable(seed: string, size: number): Buffer {
  const { word, swap } = seedWords(seed);
  const halves = 2 ** halvesFor(size).right;
  const table = Buffer.alloc(2 + halves * ROUNDS * 2);
  table.writeUInt16BE(swap ? 1 : 0, 0);
  for (let half = 0; half < halves; half += 1)
    for (let round = 0; round < ROUNDS; round += 1)
      table.writeUInt16BE(word(round, half), 2 + (half * ROUNDS + round) * 2);
  return table;
}
