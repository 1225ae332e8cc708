import { present } from '@shopfast/kit/narrow';
import { KIND_NAMES, type KindName, kindOf } from './kinds.ts';
import { seeded } from './random.ts';

/** The plan of one run. `seed` ("7.31": the 31st of schedule 7) repeats the same run. */
export type Plan = { seed: string; kind: KindName; place: string; random: () => number };

/**
 * An endless sequence of runs, the same for the same seed. Kinds are drawn like from a shuffled deck, so that none
 * waits for long, and each kind draws its places the same way; the kinds of faults on links share one deck of links.
 */
export function* schedule(seed: number): Generator<Plan, never> {
  const random = seeded(seed);
  const nextKind = deal(KIND_NAMES, random);
  const decks = new Map<readonly string[], () => string>();
  for (let run = 1; ; run += 1) {
    const kind = nextKind();
    const { places } = kindOf(kind);
    const nextPlace = decks.get(places) ?? deal(places, random);
    decks.set(places, nextPlace);
    yield { seed: `${seed}.${run}`, kind, place: nextPlace(), random: seeded(seed * 100_003 + run) };
  }
}

function deal<T>(cards: readonly T[], random: () => number): () => T {
  let deck: T[] = [];
  return () => {
    if (deck.length === 0) deck = shuffled(cards, random);
    return present(deck.pop());
  };
}

function shuffled<T>(cards: readonly T[], random: () => number): T[] {
  const deck = [...cards];
  for (let at = deck.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [deck[at], deck[other]] = [present(deck[other]), present(deck[at])];
  }
  return deck;
}

/** How many runs are searched for a requested kind or place, which may be rare. */
const LONGEST_SEARCH = 10_000;

/** The first `runs` runs of a schedule with the requested kinds and places. */
export function plansOf(
  seed: number,
  runs: number,
  wanted: { only?: readonly KindName[]; at?: string } = {},
): Plan[] {
  const plans: Plan[] = [];
  let looked = 0;
  for (const plan of schedule(seed)) {
    looked += 1;
    const { only, at } = wanted;
    if ((!only || only.includes(plan.kind)) && (!at || at === plan.place)) plans.push(plan);
    if (plans.length === runs || looked === LONGEST_SEARCH) break;
  }
  return plans;
}

/** The run that a printed seed names. */
export function planOf(seed: number, run: number): Plan {
  return present(plansOf(seed, run).at(-1));
}
