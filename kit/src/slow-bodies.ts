import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { closeAfterEarlyAnswer } from './early-answer.ts';
import { refuse, refuseOnTheWire } from './wire-limits.ts';

/** In every window of `windowMs` at least `bytesPerSecond` on average; with 0, at least one byte. */
export type BodyRate = { windowMs: number; bytesPerSecond: number };

export type BodyLimits = {
  rate: BodyRate;
  /** From the head of a request to the end of its body, in ms, even if data keeps arriving. */
  maxMs: number;
  checkEveryMs: number;
  /** Requests of one client whose body is incomplete; 0: no limit. */
  unfinishedPerAddress: number;
  /** The key of a request's client; null: not counted. */
  keyOf: (incoming: IncomingMessage) => string | null;
};

type Unfinished = {
  socket: Socket;
  key: string | null;
  rate: BodyRate;
  startedAt: number;
  windowAt: number;
  windowBytes: number;
};

const WATCHED = Symbol('unfinished');
type Watched = IncomingMessage & { [WATCHED]?: Unfinished };

/** Sets another rate for the body of a request, such as that of its upstream. */
export function setBodyRate(incoming: IncomingMessage, rate: BodyRate): void {
  const one = (incoming as Watched)[WATCHED];
  if (one) one.rate = rate;
}

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * Watches requests until their body is complete. Slow ones end with 408; too many of one client are refused with 429. A
 * request without a body costs nothing, and no body costs anything per byte.
 */
export function watchBodies(limits: BodyLimits) {
  const unfinished = new Map<IncomingMessage, Unfinished>();
  const perClient = new Map<string, number>();

  function forget(incoming: IncomingMessage): void {
    const one = unfinished.get(incoming);
    if (!one || !unfinished.delete(incoming) || one.key === null) return;
    const left = (perClient.get(one.key) as number) - 1;
    if (left === 0) perClient.delete(one.key);
    else perClient.set(one.key, left);
  }

  function done(this: IncomingMessage): void {
    forget(this);
  }

  function isTooSlow(incoming: IncomingMessage, one: Unfinished, now: number): boolean {
    if (now - one.startedAt > limits.maxMs) return true;
    const bytes = one.socket.bytesRead;
    // Data that arrived and waits for our own reader is not the client's delay.
    const isHeldBack = incoming.readableLength > 0;
    const { windowMs, bytesPerSecond } = one.rate;
    const ms = now - one.windowAt;
    if (!isHeldBack && ms < windowMs) return false;
    const least = Math.max(1, (ms / 1_000) * bytesPerSecond);
    if (!isHeldBack && bytes - one.windowBytes < least) return true;
    Object.assign(one, { windowAt: now, windowBytes: bytes });
    return false;
  }

  const timer = setInterval(() => {
    const now = performance.now();
    for (const [incoming, one] of unfinished) {
      if (!isTooSlow(incoming, one, now)) continue;
      forget(incoming);
      refuseOnTheWire(
        Object.assign(new Error('slow body'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }),
        one.socket,
      );
    }
  }, limits.checkEveryMs);
  timer.unref();

  return {
    /** @returns false when the request exceeded the limit and was answered */
    admit(incoming: IncomingMessage, outgoing: ServerResponse): boolean {
      if (!hasBody(incoming)) return true;
      closeAfterEarlyAnswer(outgoing);
      const key = limits.unfinishedPerAddress > 0 ? limits.keyOf(incoming) : null;
      if (key !== null) {
        const count = perClient.get(key) ?? 0;
        if (count >= limits.unfinishedPerAddress) {
          refuse(outgoing, 'rate_limited');
          return false;
        }
        perClient.set(key, count + 1);
      }
      const now = performance.now();
      const { socket } = incoming;
      const one = {
        socket,
        key,
        rate: limits.rate,
        startedAt: now,
        windowAt: now,
        windowBytes: socket.bytesRead,
      };
      unfinished.set(incoming, one);
      (incoming as Watched)[WATCHED] = one;
      // One function for all, without `once`: nothing else is allocated per request.
      incoming.on('end', done).on('close', done);
      return true;
    },
    stop: () => clearInterval(timer),
    get size() {
      return unfinished.size;
    },
  };
}
