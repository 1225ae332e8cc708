import { ROUNDS, type Words } from './version-2.ts';

/** Two arrivals of a draw, whose numbers are compared. */
export type Pair = (size: number, draw: number) => [index: number, other: number];

/** Neighbours, one apart, and the first and the last, 0-based. */
export const PAIRS: Record<string, Pair> = {
  neighbours: (size, draw) => {
    const index = draw % (size - 1);
    return [index, index + 1];
  },
  'two apart': (size, draw) => {
    const index = draw % (size - 2);
    return [index, index + 2];
  },
  'first and last': (size) => [0, size - 1],
};

/**
 * Random words like those of a seed, but without hashing: this tests the network, ten million times. A 32-bit mixer
 * (murmur3's) over the number of the draw, the round and the half.
 */
export function randomWords(draw: number): Words {
  return {
    word: (round, half) => mix(draw, (round << 16) ^ half) & 0xffff,
    swap: swapOf(draw),
  };
}

/** At most 64 places: a half has at most 3 bits, so it has at most 8 values. */
export const FEW_PLACES = 64;

/**
 * The same for at most {@link FEW_PLACES}, about ten times faster: one mixed number holds the words of a round, since
 * 3 bits of each are used. The words are valid until the next draw.
 */
export function randomWordsForFew(): (draw: number) => Words {
  const rounds = new Int32Array(ROUNDS);
  const word = (round: number, half: number) => ((rounds[round] as number) >>> (half * 3)) & 7;
  return (draw) => {
    for (let round = 0; round < ROUNDS; round += 1) rounds[round] = mix(draw, round);
    return { word, swap: swapOf(draw) };
  };
}

const swapOf = (draw: number) => (mix(draw, 1 << 24) & 1) === 1;

function mix(key: number, message: number): number {
  let h = Math.imul(key + 1, 0x9e3779b1) ^ Math.imul(message + 0x7f4a7c15, 0x85ebca6b);
  for (let times = 0; times < 2; times += 1) {
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
    h = Math.imul(h + message, 0x27d4eb2f);
  }
  return (h ^ (h >>> 15)) >>> 0;
}

/** Distances are counted in at most this many classes. */
const MAX_CLASSES = 64;

/**
 * Draws, and compares the numbers of two arrivals: which comes first, whether they are neighbours, their distance, and
 * the place of the first.
 * @param drawing the permutation of one draw, of 0…size − 1
 * @returns for each statistic its distance from the expected value, in standard errors
 */
export function pairStatistics(
  size: number,
  draws: number,
  drawing: (draw: number) => (value: number) => number,
  pair: Pair,
): Record<string, number> {
  const classes = Math.min(size - 1, MAX_CLASSES);
  const classOf = (distance: number) => Math.floor(((distance - 1) * classes) / (size - 1));
  const distances = new Float64Array(classes);
  const places = new Float64Array(Math.min(size, MAX_CLASSES));
  let [inOrder, sideBySide] = [0, 0];
  for (let draw = 0; draw < draws; draw += 1) {
    const number = drawing(draw);
    const [index, other] = pair(size, draw);
    const [one, two] = [number(index), number(other)];
    const distance = Math.abs(one - two);
    if (one < two) inOrder += 1;
    if (distance === 1) sideBySide += 1;
    distances[classOf(distance)]! += 1;
    places[Math.floor((one * places.length) / size)]! += 1;
  }

  const ofDistances = new Float64Array(classes);
  for (let distance = 1; distance < size; distance += 1)
    ofDistances[classOf(distance)]! += (2 * (size - distance)) / (size * (size - 1));
  const ofPlaces = new Float64Array(places.length);
  for (let place = 0; place < size; place += 1)
    ofPlaces[Math.floor((place * places.length) / size)]! += 1 / size;
  return {
    order: errors(inOrder, draws, 1 / 2),
    'side by side': errors(sideBySide, draws, 2 / size),
    distance: chiSquare(distances, ofDistances, draws),
    place: chiSquare(places, ofPlaces, draws),
  };
}

function errors(count: number, draws: number, chance: number): number {
  return chance === 1 ? 0 : (count - draws * chance) / Math.sqrt(draws * chance * (1 - chance));
}

/** In standard errors, by Wilson and Hilferty's cube root. */
function chiSquare(counts: Float64Array, chances: Float64Array, draws: number): number {
  const freedom = counts.length - 1;
  if (freedom === 0) return 0;
  let sum = 0;
  for (const [at, count] of counts.entries()) {
    const expected = draws * (chances[at] as number);
    sum += (count - expected) ** 2 / expected;
  }
  const variance = 2 / (9 * freedom);
  return (Math.cbrt(sum / freedom) - (1 - variance)) / Math.sqrt(variance);
}

/**
 * The exact result for random words: after some rounds, the largest relative deviation from uniform over all
 * differences between two places. The difference is a Markov chain, since each round has new words.
 */
export function furthestFromChance(bits: { left: number; right: number }, rounds: number): number {
  const [lefts, rights] = [2 ** bits.left, 2 ** bits.right];
  let furthest = 0;
  for (const start of [1, rights, rights + 1]) {
    let chances: Float64Array = new Float64Array(lefts * rights);
    chances[start] = 1;
    for (let round = 0; round < rounds; round += 1)
      chances = afterRound(chances, lefts, rights, round % 2 === 0);
    const uniform = 1 / (lefts * rights - 1);
    for (const chance of chances.subarray(1)) furthest = Math.max(furthest, Math.abs(chance / uniform - 1));
  }
  return furthest;
}

/** A half changes at random unless the other halves are equal; then both of a pair change in the same way. */
function afterRound(
  chances: Float64Array,
  lefts: number,
  rights: number,
  changesLeft: boolean,
): Float64Array {
  const next = new Float64Array(chances.length);
  for (let left = 0; left < lefts; left += 1)
    for (let right = 0; right < rights; right += 1) {
      const chance = chances[left * rights + right] as number;
      if ((changesLeft ? right : left) === 0) next[left * rights + right]! += chance;
      else if (changesLeft)
        for (let to = 0; to < lefts; to += 1) next[to * rights + right]! += chance / lefts;
      else for (let to = 0; to < rights; to += 1) next[left * rights + to]! += chance / rights;
    }
  return next;
}
