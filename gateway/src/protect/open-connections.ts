import type { ReservationClaims } from '@shopfast/kit/contracts/token';

/** Long-lived connections on protected paths, by their reservation. */
export type OpenConnections = {
  /** @returns call it when the connection has ended by itself */
  add(claims: ReservationClaims, close: () => void): () => void;
  /** Ends all connections of a reservation. */
  close(jti: string): void;
};

/** Plus one second until the news reaches this gateway, and one for the look-up: closed within five. */
const CHECK_MS = 2_000;
const MAX_BATCH = 500;

type Opened = { claims: ReservationClaims; closers: Set<() => void> };

/**
 * Checks every two seconds which reservations have ended, and closes their connections. A check takes one read of Redis
 * per room and 500 reservations. More connections of the same reservation cost nothing, and without connections there
 * is no check.
 * @param findEnded finds those of some reservations of one room that have ended
 */
export function watchOpenConnections(
  findEnded: (room: string, some: ReservationClaims[]) => Promise<string[]>,
): OpenConnections {
  const opened = new Map<string, Opened>();
  let isScheduled = false;

  function close(jti: string): void {
    const one = opened.get(jti);
    opened.delete(jti);
    for (const end of one?.closers ?? []) end();
  }

  async function closeEnded(): Promise<void> {
    const byRoom = Map.groupBy([...opened.values()], ({ claims }) => claims.room);
    for (const [room, all] of byRoom)
      for (let at = 0; at < all.length; at += MAX_BATCH) {
        const some = all.slice(at, at + MAX_BATCH).map(({ claims }) => claims);
        for (const jti of await findEnded(room, some)) close(jti);
      }
  }

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    setTimeout(async () => {
      await closeEnded().catch(() => {});
      isScheduled = false;
      if (opened.size > 0) schedule();
    }, CHECK_MS).unref();
  }

  return {
    close,
    add: (claims, end) => {
      const one = opened.get(claims.jti) ?? { claims, closers: new Set() };
      opened.set(claims.jti, one);
      one.closers.add(end);
      schedule();
      return () => {
        one.closers.delete(end);
        if (one.closers.size === 0 && opened.get(claims.jti) === one) opened.delete(claims.jti);
      };
    },
  };
}
