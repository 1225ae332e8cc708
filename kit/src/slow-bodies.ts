import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { closeAfterEarlyAnswer } from './early-answer.ts';
import { cutOff, refuse } from './wire-limits.ts';

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
  startedAt: number;
  windowAt: number;
  windowBytes: number;
};

/** The other rates, for as long as their requests live. */
const rates = new WeakMap<IncomingMessage, BodyRate>();

/** Sets another rate for the body of a request, such as that of its upstream. */
export function setBodyRate(incoming: IncomingMessage, rate: BodyRate): void {
  rates.set(incoming, rate);
}

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * Watches requests until their body is complete. Slow ones end with 408; too many of one client are refused with 429.
 * A request without a body costs nothing. A body that arrives together with its head, as most do, costs one place in a
 * list. No body costs anything per byte.
 */
export function watchBodies(limits: BodyLimits) {
  const unfinished = new Map<IncomingMessage, Unfinished>();
  const perClient = new Map<string, number>();
  /** Requests of this turn of the event loop. */
  let fresh: IncomingMessage[] = [];

  const keyOf = (incoming: IncomingMessage) =>
    limits.unfinishedPerAddress > 0 ? limits.keyOf(incoming) : null;
  const hasTooMany = (key: string | null) =>
    key !== null && (perClient.get(key) ?? 0) >= limits.unfinishedPerAddress;

  function forget(incoming: IncomingMessage): void {
    const one = unfinished.get(incoming);
    if (!one || !unfinished.delete(incoming) || one.key === null) return;
    const left = (perClient.get(one.key) ?? 1) - 1;
    if (left === 0) perClient.delete(one.key);
    else perClient.set(one.key, left);
  }

  function done(this: IncomingMessage): void {
    forget(this);
  }

  /** Most bodies are complete by now. The others are watched. */
  function watchIncomplete(): void {
    const now = performance.now();
    const requests = fresh;
    fresh = [];
    for (const incoming of requests) {
      if (incoming.complete || incoming.destroyed) continue;
      const { socket } = incoming;
      const key = keyOf(incoming);
      // Only requests of one turn of the event loop can exceed the limit together.
      if (hasTooMany(key)) {
        cutOff(socket, 'rate_limited');
        continue;
      }
      if (key !== null) perClient.set(key, (perClient.get(key) ?? 0) + 1);
      unfinished.set(incoming, {
        socket,
        key,
        startedAt: now,
        windowAt: now,
        windowBytes: socket.bytesRead,
      });
      // One function for all, without `once`: nothing else is allocated per request.
      incoming.on('end', done).on('close', done);
    }
  }

  function isTooSlow(incoming: IncomingMessage, one: Unfinished, now: number): boolean {
    if (now - one.startedAt > limits.maxMs) return true;
    const bytes = one.socket.bytesRead;
    // Data that arrived and waits for our own reader is not the client's delay.
    const isHeldBack = incoming.readableLength > 0;
    const { windowMs, bytesPerSecond } = rates.get(incoming) ?? limits.rate;
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
      cutOff(one.socket, 'request_timeout');
    }
  }, limits.checkEveryMs);
  timer.unref();

  return {
    /** @returns false when the request exceeded the limit and was answered */
    admit(incoming: IncomingMessage, outgoing: ServerResponse): boolean {
      if (!hasBody(incoming)) return true;
      closeAfterEarlyAnswer(outgoing);
      if (perClient.size > 0 && hasTooMany(keyOf(incoming))) {
        refuse(outgoing, 'rate_limited');
        return false;
      }
      if (fresh.push(incoming) === 1) setImmediate(watchIncomplete);
      return true;
    },
    stop: () => clearInterval(timer),
    get size() {
      return unfinished.size;
    },
  };
}
