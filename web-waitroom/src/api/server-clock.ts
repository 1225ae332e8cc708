/** The server's time, whatever the device's clock says. All times in ms since 1970. */
export type ServerClock = {
  now(): number;
  /** What to add to the device's time to get the server's, in ms. */
  offset(): number;
  /**
   * Learns from one answer that came fresh from the server.
   * @param date its `Date` header
   * @param sentAt device time when the question left
   * @param receivedAt device time when the answer came
   */
  observe(date: string | null, sentAt: number, receivedAt: number): void;
};

/**
 * `Date` is cut to whole seconds and written somewhere between sending and receiving, so each answer bounds the offset:
 * date − received ≤ offset ≤ date + 1 s − sent. Bounds of several answers are intersected, which soon beats one second.
 * When they no longer meet, the device's clock was set anew, and only the newest answer counts.
 */
export function createServerClock(deviceNow: () => number): ServerClock {
  let low: number | null = null;
  let high = 0;
  const offset = () => (low === null ? 0 : Math.round((low + high) / 2));
  return {
    offset,
    now: () => deviceNow() + offset(),
    observe(date, sentAt, receivedAt) {
      const written = Date.parse(date ?? '');
      if (Number.isNaN(written)) return;
      const newLow = written - receivedAt;
      const newHigh = written + 1000 - sentAt;
      const meet = low !== null && Math.max(low, newLow) <= Math.min(high, newHigh);
      high = meet ? Math.min(high, newHigh) : newHigh;
      low = meet ? Math.max(low as number, newLow) : newLow;
    },
  };
}
