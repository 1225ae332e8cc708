import type { ServerResponse } from 'node:http';
import { Problem } from '@shopfast/kit/errors';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Gateway } from '../deps.ts';
import type { Line } from '../lua/keys.ts';
import { readStanding } from './heartbeat.ts';
import type { Standing } from './standing.ts';
import type { Ticket } from './ticket.ts';

/**
 * The open event streams of one gateway. Each is asked about in its own time, at the pace that polling has too, and at
 * once when a tick has called its number: a tick costs as much as it called, never as much as there are streams.
 */
export type EventHub = {
  /** Takes over a raw response: `streamSSE` would cost three times its memory. */
  open(room: string, ticket: Ticket, outgoing: ServerResponse, requestId: string): void;
  readonly size: number;
};

type Stream = {
  room: string;
  ticket: Ticket;
  outgoing: ServerResponse;
  number: number | null;
  lastSent: string;
  dueSlot: number;
};

const lineKey = (room: string, line: Line) => `${room} ${line}`;

const SLOT_MS = 250;
/** Proxies cut a silent connection after 60 s or less. */
const LONGEST_SILENCE_MS = 25_000;
/** A slow reader holds memory of ours: at most this much, then it is cut off and comes back when it can. */
const MOST_BUFFERED_BYTES = 16_384;

export function createEventHub(gateway: Gateway, lifecycle: Lifecycle): EventHub {
  const streams = new Set<Stream>();
  /** By room and line: each line has its own numbers. */
  const byNumber = new Map<string, Map<number, Stream>>();
  const due = new Map<number, Set<Stream>>();
  let slot = Math.floor(gateway.clock.now() / SLOT_MS);

  const numbersOf = ({ room, ticket }: Stream) => {
    const line = lineKey(room, ticket.line ?? 'ordinary');
    const known = byNumber.get(line) ?? new Map<number, Stream>();
    byNumber.set(line, known);
    return known;
  };

  function schedule(stream: Stream, afterMs: number): void {
    due.get(stream.dueSlot)?.delete(stream);
    stream.dueSlot = slot + Math.max(1, Math.ceil(Math.min(afterMs, LONGEST_SILENCE_MS) / SLOT_MS));
    const together = due.get(stream.dueSlot) ?? new Set<Stream>();
    due.set(stream.dueSlot, together.add(stream));
  }

  function forget(stream: Stream): void {
    streams.delete(stream);
    due.get(stream.dueSlot)?.delete(stream);
    const numbers = numbersOf(stream);
    if (stream.number !== null && numbers.get(stream.number) === stream) numbers.delete(stream.number);
    if (numbers.size === 0) byNumber.delete(lineKey(stream.room, stream.ticket.line ?? 'ordinary'));
  }

  async function tell(stream: Stream): Promise<void> {
    try {
      const standing = await readStanding(gateway, gateway.rooms.get(stream.room), stream.ticket);
      if (!streams.has(stream)) return;
      follow(stream, standing);
      send(stream, standing);
      schedule(stream, standing.poll_after_ms);
    } catch (error) {
      if (error instanceof Problem && error.status < 500)
        end(stream, `event: ended\ndata: {"code":"${error.code}"}\n\n`);
      else schedule(stream, 2_000 + Math.random() * 2_000);
    }
  }

  /** Notes the number as soon as the ticket has one, to be found by it when it is called. */
  function follow(stream: Stream, standing: Standing): void {
    if (standing.number === stream.number || standing.number === null) return;
    stream.number = standing.number;
    numbersOf(stream).set(standing.number, stream);
  }

  function send(stream: Stream, { poll_after_ms, ...document }: Standing): void {
    const text = JSON.stringify({ ...document, poll_after_ms });
    const changed = JSON.stringify(document);
    stream.outgoing.write(changed === stream.lastSent ? ':\n\n' : `data: ${text}\n\n`);
    stream.lastSent = changed;
    if (stream.outgoing.writableLength > MOST_BUFFERED_BYTES) stream.outgoing.destroy();
  }

  function end(stream: Stream, lastWords: string): void {
    stream.outgoing.end(lastWords);
    forget(stream);
  }

  const wheel = setInterval(() => {
    const now = Math.floor(gateway.clock.now() / SLOT_MS);
    while (slot < now) {
      slot += 1;
      const together = due.get(slot);
      due.delete(slot);
      for (const stream of together ?? []) void tell(stream);
    }
  }, SLOT_MS);

  lifecycle.onClose('event streams', () => {
    clearInterval(wheel);
    // Everybody comes back, but not all at the same moment.
    for (const stream of streams) end(stream, `retry: ${1_000 + Math.round(Math.random() * 9_000)}\n\n`);
  });

  gateway.rooms.onServed((room, line, from, to) => {
    const numbers = byNumber.get(lineKey(room, line));
    if (!numbers) return;
    for (let number = from + 1; number <= to; number += 1) {
      const stream = numbers.get(number);
      if (stream) void tell(stream);
    }
  });

  return {
    open: (room, ticket, outgoing, requestId) => {
      const stream: Stream = { room, ticket, outgoing, number: null, lastSent: '', dueSlot: 0 };
      streams.add(stream);
      outgoing.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
        'X-Request-Id': requestId,
      });
      outgoing.on('close', () => forget(stream));
      outgoing.on('error', () => forget(stream));
      void tell(stream);
    },
    get size() {
      return streams.size;
    },
  };
}
