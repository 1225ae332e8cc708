/** A document of the live stream, and when it came. All times in ms of this device. */
export type Heard = {
  receivedAt: number;
  /** How old it was when it came, beyond what clocks cannot tell. */
  oldAlready: number;
};

/** live: at most a second old; late: older, and said; stale: too old to act on. */
export type Freshness = 'live' | 'late' | 'stale';

const LIVE_MS = 1_000;
const LATE_MS = 5_000;
/** The server's clock is known to about half a second, and the document is at most a tick and a beat old. */
const CLOCK_DOUBT_MS = 1_500;

/** @param serverNow what the server's clock showed when the document came */
export function heard(receivedAt: number, updatedAt: number, serverNow: number): Heard {
  return { receivedAt, oldAlready: Math.max(0, serverNow - updatedAt - CLOCK_DOUBT_MS) };
}

/** How old what is shown is at most, in ms. */
export function ageOf({ receivedAt, oldAlready }: Heard, now: number): number {
  return Math.max(0, now - receivedAt) + oldAlready;
}

export function freshnessOf(ageMs: number): Freshness {
  if (ageMs <= LIVE_MS) return 'live';
  return ageMs <= LATE_MS ? 'late' : 'stale';
}
