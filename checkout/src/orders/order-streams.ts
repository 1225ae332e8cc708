import type { ServerResponse } from 'node:http';
import type { Sql } from '@shopfast/db/client';
import { createDatabaseBulkhead } from '@shopfast/db/database-bulkhead';
import { type FoundOrder, findOrders } from '@shopfast/db/orders/find';
import type { Clock } from '@shopfast/kit/clock';
import { Problem } from '@shopfast/kit/errors';
import {
  type EventStream,
  encodeEvent,
  encodeRetry,
  HEARTBEAT,
  openEventStream,
} from '@shopfast/kit/event-stream';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';
import { orderDocument } from './order-answer.ts';

/**
 * The open event streams of one checkout process. One query a second serves them all; without streams there is none.
 */
export type OrderStreams = {
  /**
   * Sends the order's state now and after each change. An order has at most three streams; a new one ends the oldest,
   * so a phone that changed networks is not locked out by its dead connections.
   * @throws Problem overloaded when there are too many streams
   */
  open(order: FoundOrder, outgoing: ServerResponse, requestId: string): void;
  readonly size: number;
};

type Follower = { orderId: string; stream: EventStream; told: string; toldAt: number; until: number };

const BEAT_MS = 1_000;
const MOST_STREAMS = 1_000;
const MOST_OF_AN_ORDER = 3;
const MOST_BUFFERED_BYTES = 16_384;
const LONGEST_SILENCE_MS = 15_000;
/** After this time the client must reconnect with its credential. */
const LONGEST_STREAM_MS = 600_000;

export function createOrderStreams(parts: {
  sql: Sql;
  clock: Clock;
  log: Log;
  lifecycle: Lifecycle;
  /** Most open streams. */
  most?: number;
}): OrderStreams {
  const { sql, clock, log, lifecycle, most = MOST_STREAMS } = parts;
  const followers = new Set<Follower>();
  /** Oldest first. */
  const byOrder = new Map<string, Follower[]>();
  const bulkhead = createDatabaseBulkhead({ slots: 1, queue: 0 });
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function beat(): Promise<void> {
    try {
      const ids = [...byOrder.keys()];
      const orders = new Map(
        (await bulkhead.run(() => findOrders(sql, ids))).map((order) => [order.id, order]),
      );
      for (const follower of followers) {
        const order = orders.get(follower.orderId);
        if (order) tell(follower, order);
      }
    } catch (err) {
      log.debug({ err }, 'could not read the followed orders; trying again in a second');
    }
    timer = followers.size > 0 && !isClosed ? setTimeout(beat, BEAT_MS) : undefined;
  }

  function tell(follower: Follower, order: FoundOrder): void {
    const now = clock.now();
    const text = JSON.stringify(orderDocument(order));
    if (text !== follower.told) {
      follower.told = text;
      follower.toldAt = now;
      follower.stream.send(encodeEvent(text));
    } else if (now - follower.toldAt >= LONGEST_SILENCE_MS) {
      follower.toldAt = now;
      follower.stream.send(HEARTBEAT);
    }
    if (order.state !== 'pending_payment') endFor(follower, encodeEvent('{}', 'ended'));
    else if (now >= follower.until) endFor(follower, encodeRetry(1_000));
  }

  /** Frees the place at once, even when the client reads its last event slowly. */
  function endFor(follower: Follower, lastWords: string): void {
    forget(follower);
    follower.stream.end(lastWords);
  }

  function forget(follower: Follower): void {
    if (!followers.delete(follower)) return;
    const others = byOrder.get(follower.orderId)?.filter((other) => other !== follower) ?? [];
    if (others.length > 0) byOrder.set(follower.orderId, others);
    else byOrder.delete(follower.orderId);
  }

  lifecycle.onClose('order streams', () => {
    isClosed = true;
    clearTimeout(timer);
    for (const follower of followers) endFor(follower, encodeRetry(1_000, 5_000));
  });

  return {
    open: (order, outgoing, requestId) => {
      const [oldest, ...rest] = byOrder.get(order.id) ?? [];
      if (oldest && rest.length + 1 >= MOST_OF_AN_ORDER) endFor(oldest, encodeEvent('{}', 'replaced'));
      if (followers.size >= most)
        throw new Problem('overloaded', { detail: 'Too many open streams.', retryAfterSeconds: 5 });
      const onClose = () => forget(follower);
      const stream = openEventStream(outgoing, {
        requestId,
        maxBufferedBytes: MOST_BUFFERED_BYTES,
        onClose,
      });
      const now = clock.now();
      const follower: Follower = {
        orderId: order.id,
        stream,
        told: '',
        toldAt: now,
        until: now + LONGEST_STREAM_MS,
      };
      followers.add(follower);
      byOrder.set(order.id, [...(byOrder.get(order.id) ?? []), follower]);
      tell(follower, order);
      timer ??= setTimeout(beat, BEAT_MS);
    },
    get size() {
      return followers.size;
    },
  };
}
