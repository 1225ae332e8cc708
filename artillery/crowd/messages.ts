import type { BuyerLog } from '@shopfast/sandbox/checker/buyers';

/** What one generator process is told. */
export type GeneratorConfig = {
  /** Whether there is a waiting room, or the old shop of `baseline/`. */
  shop: 'room' | 'old';
  gateway: string;
  room: string;
  productId: string;
  claimSeconds: number;
  /** Of all shoppers, those whose number leaves `part` over when divided by `parts` are this process's. */
  shoppers: number;
  part: number;
  parts: number;
  arriveWithinMs: number;
  /** One in so many who are called buys; the others look and leave. */
  buysEvery: number;
  connections: number;
  /** For so long a shopper waits for an answer, ms. */
  patienceMs: number;
  /** When the run starts, epoch ms. */
  startsAt: number;
  logFile: string;
};

/** How a call looked to the shopper who was called; `at` by the room's clock, epoch ms. */
export type Called = { shopper: number; number: number; at: number };

/** What one generator process says once a second. */
export type Beat = {
  joined: number;
  ended: number;
  inFlight: number;
  queued: number;
  /** How late its own event loop was, ms (99th percentile). */
  delayMs: number;
};

/** What it says at the end; its calls are in the log file. */
export type GeneratorResults = {
  calls: Called[];
  /** Shoppers who got a reservation token. */
  claimed: number[];
  buyers: BuyerLog[];
  /** The number of each shopper's last ticket, 0 where it was never told. */
  numbers: Array<[shopper: number, number: number]>;
  /** Shoppers who gave their first place back and joined anew. */
  rejoined: number[];
  numbersChanged: number;
  placesLost: string[];
  surprises: string[];
  toldSoldOut: number;
  noShows: number;
  unfinished: number;
  cpuSeconds: number;
};

export function newGeneratorResults(): GeneratorResults {
  return {
    ...{ calls: [], claimed: [], buyers: [], numbers: [], rejoined: [], placesLost: [], surprises: [] },
    ...{ numbersChanged: 0, toldSoldOut: 0, noShows: 0, unfinished: 0, cpuSeconds: 0 },
  };
}

export type FromGenerator = { beat: Beat } | { results: GeneratorResults };
