import type { ServerResponse } from 'node:http';
import type { Clock } from '@shopfast/kit/clock';
import { Problem } from '@shopfast/kit/errors';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Meters } from '../meters.ts';
import type { RoomDirectory } from './directory.ts';
import { statsOf } from './stats.ts';

/**
 * The operators' live streams of one gateway: the stats document of a room, twice a second when it has changed.
 * Rendered once for all viewers of a room, from this process's own ticks. A viewer takes one write, and no Redis.
 */
export type LiveHub = {
  /**
   * Takes over a raw response. A key's stream beyond its limit ends its oldest one, so that one viewer cannot block
   * others.
   * @throws Problem overloaded when there are too many viewers
   */
  open(room: string, keyId: string, outgoing: ServerResponse, requestId: string): void;
  readonly size: number;
};

type Viewer = { outgoing: ServerResponse; until: number; toldAt: number };
type Channel = { viewers: Set<Viewer>; seen: string; text: string };

const ROUND_MS = 500;
export const MAX_VIEWERS = 200;
export const MAX_PER_KEY = 50;
/** The most memory that a slow reader may occupy. Beyond it, the reader is disconnected, and reconnects when it can. */
const MAX_BUFFERED_BYTES = 65_536;
const LONGEST_SILENCE_MS = 15_000;
/** After this time the viewer must reconnect with its key, so that a revoked key loses access. */
const LONGEST_STREAM_MS = 300_000;

type LiveHubDeps = {
  clock: Clock;
  rooms: Pick<RoomDirectory, 'get' | 'has'>;
  meters: Pick<Meters, 'etaRatios'>;
};

export function createLiveHub(deps: LiveHubDeps, lifecycle: Lifecycle): LiveHub {
  const channels = new Map<string, Channel>();
  /** Oldest first. */
  const byKey = new Map<string, ServerResponse[]>();
  let size = 0;

  function sendRound(): void {
    const now = deps.clock.now();
    for (const [room, channel] of channels) {
      if (!deps.rooms.has(room)) {
        endAll(channel, 'event: ended\ndata: {"code":"room_unknown"}\n\n');
        continue;
      }
      const isNew = render(room, channel);
      for (const viewer of channel.viewers) {
        if (viewer.until <= now) viewer.outgoing.end('retry: 1000\n\n');
        else if (isNew) write(viewer, channel.text, now);
        else if (now - viewer.toldAt > LONGEST_SILENCE_MS) write(viewer, ':\n\n', now);
      }
    }
  }

  /** @returns whether the room's document has changed since the last round */
  function render(id: string, channel: Channel): boolean {
    const room = deps.rooms.get(id);
    const seen = `${room.epoch} ${room.version} ${room.shownState} ${room.snapshot?.at}`;
    if (seen === channel.seen) return false;
    channel.seen = seen;
    channel.text = `data: ${JSON.stringify(statsOf(room, deps.clock.now(), deps.meters.etaRatios.get(id)))}\n\n`;
    return true;
  }

  function write(viewer: Viewer, text: string, now: number): void {
    viewer.toldAt = now;
    viewer.outgoing.write(text);
    if (viewer.outgoing.writableLength > MAX_BUFFERED_BYTES) viewer.outgoing.destroy();
  }

  function endAll(channel: Channel, finalText: string): void {
    for (const { outgoing } of channel.viewers) outgoing.end(finalText);
  }

  const timer = setInterval(sendRound, ROUND_MS);
  lifecycle.onClose('live streams', () => {
    clearInterval(timer);
    for (const channel of channels.values())
      endAll(channel, `retry: ${1_000 + Math.round(Math.random() * 4_000)}\n\n`);
  });

  return {
    open: (room, keyId, outgoing, requestId) => {
      const own = byKey.get(keyId) ?? [];
      // Destroyed, not ended, because its client may not read.
      if (own.length >= MAX_PER_KEY) own.shift()?.destroy();
      if (size >= MAX_VIEWERS)
        throw new Problem('overloaded', { detail: 'Too many live streams are open.', retryAfterSeconds: 10 });
      const now = deps.clock.now();
      const viewer: Viewer = { outgoing, until: now + LONGEST_STREAM_MS, toldAt: now };
      const channel = channels.get(room) ?? { viewers: new Set<Viewer>(), seen: '', text: '' };
      channels.set(room, channel);
      channel.viewers.add(viewer);
      size += 1;
      byKey.set(keyId, [...own, outgoing]);
      outgoing.once('close', () => {
        const left = byKey.get(keyId)?.filter((other) => other !== outgoing) ?? [];
        if (left.length > 0) byKey.set(keyId, left);
        else byKey.delete(keyId);
        channel.viewers.delete(viewer);
        size -= 1;
        if (channel.viewers.size === 0 && channels.get(room) === channel) channels.delete(room);
      });
      outgoing.on('error', () => outgoing.destroy());
      outgoing.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
        'X-Request-Id': requestId,
      });
      if (channel.text === '') render(room, channel);
      write(viewer, channel.text, now);
    },
    get size() {
      return size;
    },
  };
}
