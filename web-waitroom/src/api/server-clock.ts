/** The server's time, independent of the device's clock. All times in ms since 1970. */
export type ServerClock = {
  now(): number;
  /** Server time minus device time, in ms. */
  offset(): number;
  /**
   * Learns from one answer that is not from a cache.
   * @param date its `Date` header
   * @param sentAt device time when the request was sent
   * @param receivedAt device time when the answer arrived
   */
  observe(date: string | null, sentAt: number, receivedAt: number): void;
};

/**
 * `Date` has whole seconds and is written between sending and receiving, so each answer bounds the offset: date −
 * received ≤ offset ≤ date + 1 s − sent. Intersecting several bounds soon gives better than one second. If they no
 * longer intersect, the device's clock was changed, and only the newest answer counts.
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
      // They meet only if there was one.
      low = meet ? Math.max(low as number, newLow) : newLow;
    },
  };
}
