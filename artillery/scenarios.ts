import { join } from 'node:path';

/** A sale for this many shoppers, if the load test creates it. */
export type SalePlan = {
  units: number;
  /** Admissions per minute. */
  rate: number;
  /** Room settings besides the rate; see `POST /v1/admin/rooms`. */
  settings?: Record<string, unknown>;
};

export type Scenario = {
  name: string;
  /** One line for the help text. */
  what: string;
  /** The default number of shoppers. */
  shoppers: number;
  /** The default number of seconds in which they arrive. */
  seconds(shoppers: number): number;
  sale(shoppers: number, seconds: number): SalePlan;
  /** Whether shoppers follow `shared/shopper.yml`; otherwise the scenario's own file has everything. */
  walks: boolean;
  /** Whether they join the lobby before the start. */
  gathers?: true;
};

const tenthOf = (shoppers: number) => Math.ceil(shoppers / 10);
/** Fewer units than shoppers, so that both ends occur: an order, and sold out. */
const tenthBuys = (shoppers: number): SalePlan => ({
  units: tenthOf(shoppers),
  rate: Math.max(600, tenthOf(shoppers) * 3),
});

/** The most that one worker can send next to a whole shop on two cores; measured, see README.md. */
const MOST_ARRIVALS_PER_SECOND = 100;

/** Fifty a second; a big crowd arrives within a minute, but never faster than one worker can send. */
function withinAMinute(shoppers: number): number {
  const usual = Math.min(60, Math.ceil(shoppers / 50));
  return Math.max(usual, Math.ceil(shoppers / MOST_ARRIVALS_PER_SECOND));
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'journey',
    what: 'join, poll, claim, order, follow the order until it is paid, at a steady rate',
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
    what: 'everybody joins before the start, then comes a lottery, and everybody checks the draw',
    // Before the draw everybody polls every two seconds: 500 requests a second.
    shoppers: 1_000,
    seconds: withinAMinute,
    sale: (shoppers) => ({ ...tenthBuys(shoppers), settings: { queueing_method: 'lottery' } }),
    walks: true,
    gathers: true,
  },
  {
    name: 'bots',
    what: 'one in five forges, replays, floods or never ends a request; the others are shoppers',
    shoppers: 300,
    seconds: withinAMinute,
    sale: (shoppers) => ({ units: shoppers, rate: 3_000 }),
    walks: true,
  },
  {
    name: 'browse',
    what: 'visitors who only look: waiting page, status, catalogue, entrance of the shop',
    shoppers: 1_500,
    // Each sends nine requests within eight seconds.
    seconds: (shoppers) => Math.ceil(shoppers / 25),
    sale: (shoppers) => ({ units: shoppers, rate: 600 }),
    walks: false,
  },
];

const FOLDER = join(import.meta.dirname, 'scenarios');

/** The files that artillery merges into one script; the scenario's own comes first and names its processor. */
export function filesOf({ name, walks }: Pick<Scenario, 'name' | 'walks'>): string[] {
  const files = [`${name}.yml`, 'shared/config.yml', ...(walks ? ['shared/shopper.yml'] : [])];
  return files.map((file) => join(FOLDER, file));
}
