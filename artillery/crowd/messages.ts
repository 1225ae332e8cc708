import type { BuyerLog } from '@shopfast/sandbox/checker/buyers';

/** The configuration of one generator process. */
export type GeneratorConfig = {
  /** Whether there is a waiting room, or the old shop of `baseline/`. */
  shop: 'room' | 'old';
  gateway: string;
  room: string;
  productId: string;
  claimSeconds: number;
  /** This process simulates the shoppers whose number modulo `parts` is `part`. */
  shoppers: number;
  part: number;
  parts: number;
  arriveWithinMs: number;
  /** One in this many called shoppers buys; the others only look and leave. */
  buysEvery: number;
  connections: number;
  /** How long a shopper waits for an answer, ms. */
  patienceMs: number;
  /** When the run starts, epoch ms. */
  startsAt: number;
  logFile: string;
};

/** A call as the called shopper saw it; `at` by the room's clock, epoch ms. */
export type Called = { shopper: number; number: number; at: number };

/** The message of a generator process every second. */
export type Beat = {
  joined: number;
  ended: number;
  inFlight: number;
  queued: number;
  /** How late its own event loop was, ms (99th percentile). */
  delayMs: number;
};

/** The final message; the requests are in the log file. */
export type GeneratorResults = {
  calls: Called[];
  /** Shoppers who got a reservation token. */
  claimed: number[];
  buyers: BuyerLog[];
  /** The number of each shopper's last ticket, 0 if unknown. */
  numbers: Array<[shopper: number, number: number]>;
  /** Shoppers who left their first place and joined again. */
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
