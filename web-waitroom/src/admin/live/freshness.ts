/** A document of the live stream and its arrival. All times in ms of this device. */
export type Received = {
  receivedAt: number;
  /** Its age at arrival, beyond the uncertainty of the clocks. */
  oldAlready: number;
};

/** live: at most a second old; late: older, and marked; stale: too old to act on. */
export type Freshness = 'live' | 'late' | 'stale';

const LIVE_MS = 1_000;
const LATE_MS = 5_000;
/** The server's clock is known to about 0.5 s, and the document is at most one tick and one beat old. */
const CLOCK_DOUBT_MS = 1_500;

/** @param serverNow the server's time when the document arrived */
export function received(receivedAt: number, updatedAt: number, serverNow: number): Received {
  return { receivedAt, oldAlready: Math.max(0, serverNow - updatedAt - CLOCK_DOUBT_MS) };
}

/** The maximum age of the shown figures, in ms. */
export function ageOf({ receivedAt, oldAlready }: Received, now: number): number {
  return Math.max(0, now - receivedAt) + oldAlready;
}

export function freshnessOf(ageMs: number): Freshness {
  if (ageMs <= LIVE_MS) return 'live';
  return ageMs <= LATE_MS ? 'late' : 'stale';
}
