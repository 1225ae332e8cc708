import type { EtaReason } from '@shopfast/kit/contracts/api';
import type { RoomSettings } from '@shopfast/kit/contracts/rooms';
import { etaSeconds, type Forecast, isHeldBySlots, middleOf } from './forecast.ts';

export type ThroughputLimits = Pick<
  RoomSettings,
  | 'admissions_per_minute'
  | 'max_active'
  | 'stock_factor'
  | 'claim_seconds'
  | 'poll_max_ms'
  | 'poll_budget_rps'
>;

/** The relevant part of a tick's snapshot; `at` in ms of Redis's clock, counts since `madeAt`. */
export type ThroughputReading = {
  at: number;
  madeAt: number;
  waiting: number;
  active: number;
  remaining: number | null;
  called: number;
  dropped: number;
};

/** A room's throughput as this process measures it at its ticks. Requests read `forecast` and `reason`. */
export type ThroughputEstimate = {
  /** null while no estimate is possible: slots or stock have admitted nobody for a minute. */
  forecast: Forecast | null;
  /** Why estimates have grown since clients last polled, or why there are none. */
  reason: EtaReason | null;
  /** How long a reason is shown, ms: until every client has polled. */
  reasonUntil: number;
  totals: Totals;
  /** Oldest first, of the last two minutes. */
  samples: readonly Sample[];
  /** Since when tickets wait while no slot is free and nobody is called, ms. */
  heldSince: number | null;
};

/** Counts since this process first saw the room. They continue over a loss of Redis. */
type Totals = {
  called: number;
  dropped: number;
  /** Freed slots, and how long slots were held in total. */
  freed: number;
  slotSeconds: number;
  /** How long slots have been observed. */
  watchedSeconds: number;
  /** Time in which only the rate limited the calls, and the calls in that time. */
  unheldSeconds: number;
  unheldCalls: number;
};

/** `rate`: calls a second, as set then. */
type Moment = Totals & { at: number; rate: number };
type Sample = Moment & { maxActive: number; forecast: Forecast | null };

const SAMPLE_MS = 2_000;
const KEPT_MS = 120_000;
const MINUTE_MS = 60_000;
/** Longer without a tick, and that time says nothing about the throughput. */
const STALL_SECONDS = 5;
const MIN_UNHELD_SECONDS = 20;
/** A new room starts as if it had seen this many slots freed after `claim_seconds` each. */
const ASSUMED_FREED = 2;
/** And as if it had seen this many waiters with the assumed drop-out share. */
const ASSUMED_DROP_SHARE = 0.2;
const ASSUMED_WAITERS = 20;
const MIN_DROP_SHARE = 0.15;
const MAX_DROP_SHARE = 0.4;
/** An estimate has grown when it exceeds the earlier one by this factor and this many seconds. */
const NOTABLE_GROWTH = { share: 1.15, seconds: 5 };

const NOTHING: Totals = {
  called: 0,
  dropped: 0,
  freed: 0,
  slotSeconds: 0,
  watchedSeconds: 0,
  unheldSeconds: 0,
  unheldCalls: 0,
};

/** The throughput of a room of which only the settings are known. */
export function assumedThroughput(limits: ThroughputLimits): ThroughputEstimate {
  const cap = limits.max_active;
  const here = { ...NOTHING, at: 0, rate: rateOf(limits) };
  const forecast = forecastOf(here, [], limits, cap, cap);
  return {
    forecast,
    reason: null,
    reasonUntil: 0,
    totals: NOTHING,
    samples: [{ ...here, maxActive: cap, forecast }],
    heldSince: null,
  };
}

/**
 * The estimate after one more reading. It adds up at each reading, and computes a forecast every two seconds, or at
 * once when a limit has changed.
 * @param admitting whether the room was calling tickets
 */
export function updateThroughput(
  estimate: ThroughputEstimate,
  before: ThroughputReading | null,
  now: ThroughputReading,
  limits: ThroughputLimits,
  admitting: boolean,
): ThroughputEstimate {
  const cap = capOf(now, limits);
  const totals = before ? added(estimate.totals, before, now, limits, admitting) : estimate.totals;
  const isHeld =
    admitting && now.waiting > 0 && now.active >= cap && totals.called === estimate.totals.called;
  const heldSince = isHeld ? (estimate.heldSince ?? before?.at ?? now.at) : null;

  // Estimates that were shown before the first reading count as shown now.
  const samples = before ? estimate.samples : estimate.samples.map((mark) => ({ ...mark, at: now.at - 1 }));
  const last = latestOf(samples);
  const rate = rateOf(limits);
  const maxActive = limits.max_active;
  const isStuck = cap <= 0 || (heldSince !== null && now.at - heldSince >= MINUTE_MS);
  const isChanged =
    last.rate !== rate || last.maxActive !== maxActive || isStuck !== (estimate.forecast === null);
  if (before && !isChanged && now.at - last.at < SAMPLE_MS) return { ...estimate, totals, heldSince };

  const kept = samples.filter((mark) => mark.at >= now.at - KEPT_MS && mark.at < now.at);
  const here = { ...totals, at: now.at, rate };
  const forecast = isStuck ? null : forecastOf(here, kept, limits, cap, Math.max(0, cap - now.active));
  const withThis = [...kept, { ...here, maxActive, forecast }];
  const why = reasonAfter(estimate, withThis, now, limits, cap);
  return { forecast, ...why, totals, samples: withThis, heldSince };
}

const rateOf = (limits: ThroughputLimits) => limits.admissions_per_minute / 60;

/** The number of slots: the setting, or what the remaining stock allows. */
function capOf({ remaining }: ThroughputReading, limits: ThroughputLimits): number {
  if (remaining === null) return limits.max_active;
  return Math.min(limits.max_active, Math.floor(remaining * limits.stock_factor));
}

function added(
  totals: Totals,
  before: ThroughputReading,
  now: ThroughputReading,
  limits: ThroughputLimits,
  admitting: boolean,
): Totals {
  const seconds = (now.at - before.at) / 1_000;
  // After a loss of Redis the counts restart, and slots are gone that nobody freed.
  if (seconds <= 0 || now.madeAt !== before.madeAt || now.called < before.called) return totals;
  const called = now.called - before.called;
  const isUnheld = (reading: ThroughputReading) =>
    reading.waiting > 0 && reading.active < capOf(reading, limits);
  const counts = admitting && seconds <= STALL_SECONDS && isUnheld(before) && isUnheld(now);
  return {
    called: totals.called + called,
    dropped: totals.dropped + Math.max(0, now.dropped - before.dropped),
    freed: totals.freed + Math.max(0, before.active + called - now.active),
    slotSeconds: totals.slotSeconds + ((before.active + now.active) / 2) * seconds,
    watchedSeconds: totals.watchedSeconds + (before.active > 0 ? seconds : 0),
    unheldSeconds: totals.unheldSeconds + (counts ? seconds : 0),
    unheldCalls: totals.unheldCalls + (counts ? called : 0),
  };
}

function forecastOf(
  here: Moment,
  samples: readonly Sample[],
  limits: ThroughputLimits,
  cap: number,
  free: number,
): Forecast {
  const since = samples[0] ?? here;
  const freed = here.freed - since.freed + ASSUMED_FREED;
  const slotSeconds = here.slotSeconds - since.slotSeconds + ASSUMED_FREED * limits.claim_seconds;
  // In a short observation few slots become free. So no slot is assumed to be held longer than twice that time.
  const longest = Math.max(limits.claim_seconds, 2 * here.watchedSeconds);
  const slotTime = Math.min(slotSeconds / freed, longest);

  const dropped = here.dropped - since.dropped;
  const called = here.called - since.called;
  const dropShare = (dropped + ASSUMED_DROP_SHARE * ASSUMED_WAITERS) / (dropped + called + ASSUMED_WAITERS);
  return {
    rate: here.rate,
    measuredRate: measuredRate(here, samples),
    free,
    turnover: cap / slotTime,
    doubt: 1 / Math.sqrt(freed),
    dropShare: Math.min(Math.max(dropShare, MIN_DROP_SHARE), MAX_DROP_SHARE),
  };
}

/** Calls a second in the last minute, since the rate was set, over the time in which only the rate limited them. */
function measuredRate(here: Moment, samples: readonly Sample[]): number {
  let since: Totals = here;
  for (const mark of samples.toReversed()) {
    if (mark.rate !== here.rate || here.at - mark.at > MINUTE_MS) break;
    since = mark;
  }
  const seconds = here.unheldSeconds - since.unheldSeconds;
  if (seconds < MIN_UNHELD_SECONDS) return here.rate;
  // One more, because the next call may be imminent.
  return Math.min(here.rate, (here.unheldCalls - since.unheldCalls + 1) / seconds);
}

/** A reason stays until the client with the longest poll interval has polled once. */
function reasonAfter(
  estimate: ThroughputEstimate,
  samples: readonly Sample[],
  { at, waiting }: ThroughputReading,
  limits: ThroughputLimits,
  cap: number,
): Pick<ThroughputEstimate, 'reason' | 'reasonUntil'> {
  const ofSlots = cap < limits.max_active ? 'stock_low' : 'shop_busy';
  const seldomMs = 1.15 * Math.max(limits.poll_max_ms, (waiting / limits.poll_budget_rps) * 1_000);
  const growth = growthOf(samples, waiting, Math.max(seldomMs, MINUTE_MS), ofSlots);
  if (growth) return { reason: growth.reason, reasonUntil: growth.since + seldomMs };
  if (at >= estimate.reasonUntil) return { reason: null, reasonUntil: 0 };
  return { reason: estimate.reason, reasonUntil: estimate.reasonUntil };
}

/**
 * Compares the current estimate with the earlier ones for waiters at the front, in the middle and at the end of the
 * line, over the longest poll interval. Finds the first estimate that has grown notably.
 */
function growthOf(
  samples: readonly Sample[],
  waiting: number,
  backMs: number,
  ofSlots: EtaReason,
): { reason: EtaReason; since: number } | null {
  const now = latestOf(samples);
  if (!now.forecast) return { reason: ofSlots, since: now.at };
  const places = [Math.min(5, waiting), Math.floor(waiting / 2), waiting];
  for (const mark of samples.slice(0, -1).reverse()) {
    if (now.at - mark.at > backMs) return null;
    if (!mark.forecast) continue;
    const moved = now.called - mark.called;
    for (const ahead of places) {
      const earlier = middleOf(etaSeconds(ahead + moved, mark.forecast));
      const current = middleOf(etaSeconds(ahead, now.forecast));
      if (current <= earlier * NOTABLE_GROWTH.share + NOTABLE_GROWTH.seconds) continue;
      if (isHeldBySlots(ahead, now.forecast)) return { reason: ofSlots, since: mark.at };
      return { reason: now.rate < mark.rate ? 'rate_lowered' : 'catching_up', since: mark.at };
    }
  }
  return null;
}

/** An estimate starts with a sample, and always keeps one. */
function latestOf(samples: readonly Sample[]): Sample {
  const latest = samples.at(-1);
  if (!latest) throw new Error('an estimate has at least one sample');
  return latest;
}
