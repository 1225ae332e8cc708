import type { RoomStats } from '@shopfast/kit/contracts/rooms';
import { createEventReader } from '@shopfast/kit/event-reader';
import type { Failure } from '../../api/answered.ts';
import { readRefusal, retryAfter } from '../../api/ask.ts';
import type { ServerClock } from '../../api/server-clock.ts';

/** How a stream ended: planned by the server (it says when to reconnect), or by a failure. */
export type StreamEnd = { kind: 'ended'; retryMs: number | null } | Failure;

/** The server sends something at least every 15 s; a connection that is silent for longer is dead. */
const SILENCE_MS = 20_000;

/**
 * Reads one connection of a room's event stream until it ends.
 * @param signal aborts it
 */
export async function followStream(
  clock: ServerClock,
  path: string,
  headers: Record<string, string>,
  signal: AbortSignal,
  onStats: (stats: RoomStats) => void,
): Promise<StreamEnd> {
  const silence = new AbortController();
  let watch: ReturnType<typeof setTimeout> | undefined;
  const listenOn = () => {
    clearTimeout(watch);
    watch = setTimeout(() => silence.abort(), SILENCE_MS);
  };
  let retryMs: number | null = null;
  try {
    listenOn();
    const sentAt = Date.now();
    const answer = await fetch(path, { headers, signal: AbortSignal.any([signal, silence.signal]) });
    clock.observe(answer.headers.get('date'), sentAt, Date.now());
    if (!answer.ok || !answer.body) {
      const pause = retryAfter(answer.headers.get('retry-after'), clock.now());
      return { kind: 'refused', refusal: await readRefusal(answer, pause) };
    }
    const read = createEventReader();
    const text = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await text.read();
      if (done) return { kind: 'ended', retryMs };
      listenOn();
      for (const event of read(value)) {
        retryMs = event.retryMs ?? retryMs;
        if (event.event === 'ended') return { kind: 'refused', refusal: GONE };
        if (event.event === 'message' && event.data !== '') onStats(statsIn(event.data));
      }
    }
  } catch {
    return { kind: 'unreachable' };
  } finally {
    clearTimeout(watch);
    silence.abort();
  }
}

/** The room was deleted while the stream was open. */
const GONE = { status: 404, code: 'room_unknown', title: '', detail: null, retryAfterMs: null };

function statsIn(data: string): RoomStats {
  return JSON.parse(data);
}
