import type { ServerResponse } from 'node:http';
import { Problem } from '@shopfast/kit/errors';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Line } from '../lua/keys.ts';
import type { TicketDeps } from './deps.ts';
import { getTicketStatus } from './get-ticket-status.ts';
import type { Ticket } from './ticket.ts';
import type { TicketStatus } from './ticket-status.ts';

/**
 * The open event streams of one gateway. Each ticket's status is read at its own poll interval, and at once when a tick
 * has called its number. So the cost of a tick depends on its calls, not on the number of streams.
 */
export type EventHub = {
  /**
   * Takes over a raw response: `streamSSE` would need three times the memory. A ticket's stream beyond the third ends
   * its oldest, so that a phone that changed networks is not blocked by its dead connections.
   * @throws Problem overloaded when this process has too many streams
   */
  open(room: string, ticket: Ticket, outgoing: ServerResponse, requestId: string): void;
  readonly size: number;
};

type Stream = { outgoing: ServerResponse; lastSent: string };

/** A ticket and its streams. */
type Watch = {
  key: string;
  room: string;
  ticket: Ticket;
  /** Oldest first. */
  streams: Stream[];
  number: number | null;
  dueSlot: number;
};

const watchKey = (room: string, ticket: Ticket) => `${room} ${ticket.id}`;
const lineKey = (room: string, line: Line) => `${room} ${line}`;

const SLOT_MS = 250;
const MAX_PER_TICKET = 3;
/** Proxies close an idle connection after 60 s or less. */
const LONGEST_SILENCE_MS = 25_000;
/** The most memory that a slow reader may occupy. Beyond it, the reader is disconnected, and reconnects when it can. */
const MAX_BUFFERED_BYTES = 16_384;

export function createEventHub(deps: TicketDeps, lifecycle: Lifecycle): EventHub {
  const { maxEventStreams } = deps.config;
  const watches = new Map<string, Watch>();
  /** By room and line: each line has its own numbers. */
  const byNumber = new Map<string, Map<number, Watch>>();
  const due = new Map<number, Set<Watch>>();
  let slot = Math.floor(deps.clock.now() / SLOT_MS);
  let size = 0;

  const numbersOf = ({ room, ticket }: Watch) => {
    const line = lineKey(room, ticket.line ?? 'ordinary');
    const known = byNumber.get(line) ?? new Map<number, Watch>();
    byNumber.set(line, known);
    return known;
  };

  function schedule(watch: Watch, afterMs: number): void {
    due.get(watch.dueSlot)?.delete(watch);
    watch.dueSlot = slot + Math.max(1, Math.ceil(Math.min(afterMs, LONGEST_SILENCE_MS) / SLOT_MS));
    const together = due.get(watch.dueSlot) ?? new Set<Watch>();
    due.set(watch.dueSlot, together.add(watch));
  }

  function add(watch: Watch, stream: Stream): void {
    watch.streams.push(stream);
    watches.set(watch.key, watch);
    size += 1;
  }

  function forget(watch: Watch, stream: Stream): void {
    const at = watch.streams.indexOf(stream);
    if (at < 0) return;
    watch.streams.splice(at, 1);
    size -= 1;
    if (watch.streams.length > 0) return;
    watches.delete(watch.key);
    due.get(watch.dueSlot)?.delete(watch);
    const numbers = numbersOf(watch);
    if (watch.number !== null) numbers.delete(watch.number);
    if (numbers.size === 0) byNumber.delete(lineKey(watch.room, watch.ticket.line ?? 'ordinary'));
  }

  async function sendStatus(watch: Watch): Promise<void> {
    try {
      const ticketStatus = await getTicketStatus(deps, deps.rooms.get(watch.room), watch.ticket);
      if (watch.streams.length === 0) return;
      follow(watch, ticketStatus);
      send(watch, ticketStatus);
      schedule(watch, ticketStatus.poll_after_ms);
    } catch (error) {
      if (error instanceof Problem && error.status < 500)
        endAll(watch, `event: ended\ndata: {"code":"${error.code}"}\n\n`);
      else if (watch.streams.length > 0) schedule(watch, 2_000 + Math.random() * 2_000);
    }
  }

  /** Indexes the watch as soon as the ticket has a number, to find it when the number is called. */
  function follow(watch: Watch, ticketStatus: TicketStatus): void {
    if (ticketStatus.number === watch.number || ticketStatus.number === null) return;
    watch.number = ticketStatus.number;
    numbersOf(watch).set(ticketStatus.number, watch);
  }

  function send(watch: Watch, { poll_after_ms, ...document }: TicketStatus): void {
    const text = `data: ${JSON.stringify({ ...document, poll_after_ms })}\n\n`;
    const changed = JSON.stringify(document);
    for (const stream of watch.streams) {
      stream.outgoing.write(changed === stream.lastSent ? ':\n\n' : text);
      stream.lastSent = changed;
      if (stream.outgoing.writableLength > MAX_BUFFERED_BYTES) stream.outgoing.destroy();
    }
  }

  function end(watch: Watch, stream: Stream, finalText: string): void {
    stream.outgoing.end(finalText);
    forget(watch, stream);
  }

  function endAll(watch: Watch, finalText: string): void {
    for (const stream of [...watch.streams]) end(watch, stream, finalText);
  }

  const wheel = setInterval(() => {
    const now = Math.floor(deps.clock.now() / SLOT_MS);
    while (slot < now) {
      slot += 1;
      const together = due.get(slot);
      due.delete(slot);
      for (const watch of together ?? []) void sendStatus(watch);
    }
  }, SLOT_MS);

  lifecycle.onClose('event streams', () => {
    clearInterval(wheel);
    // All clients reconnect, but not all at the same moment.
    for (const watch of watches.values())
      endAll(watch, `retry: ${1_000 + Math.round(Math.random() * 9_000)}\n\n`);
  });

  deps.rooms.onServed((room, line, from, to) => {
    const numbers = byNumber.get(lineKey(room, line));
    if (!numbers) return;
    for (let number = from + 1; number <= to; number += 1) {
      const watch = numbers.get(number);
      if (watch) void sendStatus(watch);
    }
  });

  return {
    open: (room, ticket, outgoing, requestId) => {
      const key = watchKey(room, ticket);
      const watch = watches.get(key) ?? { key, room, ticket, streams: [], number: null, dueSlot: 0 };
      const [oldest] = watch.streams;
      if (oldest && watch.streams.length >= MAX_PER_TICKET)
        end(watch, oldest, 'event: replaced\ndata: {}\n\n');
      if (size >= maxEventStreams)
        throw new Problem('overloaded', { retryAfterSeconds: 10 + Math.random() * 20 });
      const stream: Stream = { outgoing, lastSent: '' };
      add(watch, stream);
      outgoing.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
        'X-Request-Id': requestId,
      });
      outgoing.on('close', () => forget(watch, stream));
      outgoing.on('error', () => forget(watch, stream));
      void sendStatus(watch);
    },
    get size() {
      return size;
    },
  };
}
