import { join } from 'node:path';

/** A sale for so many shoppers, where the load test makes its own. */
export type SalePlan = {
  units: number;
  /** Admissions a minute. */
  rate: number;
  /** Room settings beside the rate; see `POST /v1/admin/rooms`. */
  settings?: Record<string, unknown>;
};

export type Scenario = {
  name: string;
  /** One line for people who choose. */
  what: string;
  /** How many come unless it is said. */
  shoppers: number;
  /** Within how many seconds they come unless it is said. */
  seconds(shoppers: number): number;
  sale(shoppers: number, seconds: number): SalePlan;
  /** Whether people walk the way of `shared/shopper.yml`; else the scenario's own file has all of it. */
  walks: boolean;
  /** Whether they gather before the start. */
  gathers?: true;
};

const tenthOf = (shoppers: number) => Math.ceil(shoppers / 10);
/** Some sell out, so that both ends of the way are seen: an order, and hearing that it is over. */
const tenthBuys = (shoppers: number): SalePlan => ({
  units: tenthOf(shoppers),
  rate: Math.max(600, tenthOf(shoppers) * 3),
});

/** What one worker sends beside a whole shop on the same two cores; measured, see README.md. */
const MOST_ARRIVALS_PER_SECOND = 100;

/** Fifty a second; a big crowd comes within the minute, but never faster than one worker can send. */
function withinAMinute(shoppers: number): number {
  const usual = Math.min(60, Math.ceil(shoppers / 50));
  return Math.max(usual, Math.ceil(shoppers / MOST_ARRIVALS_PER_SECOND));
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'journey',
    what: 'join, ask as told, claim, order, follow it until it is paid, at a steady pace',
    shoppers: 6_000,
    seconds: withinAMinute,
    sale: tenthBuys,
    walks: true,
  },
  {
    name: 'rush',
    what: 'the same, all within one second',
    shoppers: 1_000,
    seconds: () => 1,
    sale: tenthBuys,
    walks: true,
  },
  {
    name: 'ramp',
    what: 'the same, more every second; the busiest third is compared with the first',
    shoppers: 3_000,
    seconds: (shoppers) => Math.max(15, withinAMinute(shoppers)),
    sale: tenthBuys,
    walks: true,
  },
  {
    name: 'soak',
    what: 'a steady stream for ten minutes, everybody buys; the last third is compared with the first',
    shoppers: 6_000,
    seconds: () => 600,
    sale: (shoppers, seconds) => ({
      units: shoppers,
      rate: Math.max(60, Math.ceil((shoppers / seconds) * 60 * 1.5)),
    }),
    walks: true,
  },
  {
    name: 'lobby',
    what: 'everybody is there before the start, then lots are drawn, and everybody checks the draw',
    // Before the draw everybody asks every two seconds: 500 requests a second.
    shoppers: 1_000,
    seconds: withinAMinute,
    sale: (shoppers) => ({ ...tenthBuys(shoppers), settings: { queueing_method: 'lottery' } }),
    walks: true,
    gathers: true,
  },
  {
    name: 'bots',
    what: 'one in five forges, replays, floods or never ends its request; the others shop',
    shoppers: 300,
    seconds: withinAMinute,
    sale: (shoppers) => ({ units: shoppers, rate: 3_000 }),
    walks: true,
  },
  {
    name: 'browse',
    what: 'people who only look: waiting page, status, catalogue, the door of the shop',
    shoppers: 1_500,
    // Each asks nine times within eight seconds.
    seconds: (shoppers) => Math.ceil(shoppers / 25),
    sale: (shoppers) => ({ units: shoppers, rate: 600 }),
    walks: false,
  },
];

const FOLDER = join(import.meta.dirname, 'scenarios');

/** The files that artillery merges into one script; the first, the scenario's own, names its processor. */
export function filesOf({ name, walks }: Pick<Scenario, 'name' | 'walks'>): string[] {
  const files = [`${name}.yml`, 'shared/config.yml', ...(walks ? ['shared/shopper.yml'] : [])];
  return files.map((file) => join(FOLDER, file));
}
