import { createHash } from 'node:crypto';
import type { Clock } from '@shopfast/kit/clock';
import type { RoomStatus } from '@shopfast/kit/contracts/api';
import { type HotPathHandler, hotPathHandler, requestHeader } from '@shopfast/kit/hot-path';
import type { Log } from '@shopfast/kit/log';
import type { Limits } from '../limits/limits.ts';
import { type Meters, observeAs } from '../meters.ts';
import { storesUnavailable } from '../stores-unavailable.ts';
import type { Room } from './room.ts';
import { type VisibilityDeps, visibleRoom } from './visible.ts';

type SharedStatus = {
  /** The document of a room and its `ETag`, rendered once per tick for all readers. */
  of(room: Room): { body: string; etag: string };
};

/**
 * `GET /v1/rooms/{room}/status`: one document for everybody, from this process's own ticks: no Redis for any number of
 * readers.
 */
function createSharedStatus(deps: { clock: Clock }): SharedStatus {
  type Rendered = { snapshotAt: number; version: number; body: string; etag: string };
  const rendered = new Map<string, Rendered>();

  return {
    of: (room) => {
      const known = rendered.get(room.id);
      const snapshotAt = room.snapshot?.at ?? 0;
      if (known && known.snapshotAt === snapshotAt && known.version === room.version) return known;
      const body = JSON.stringify(roomStatus(room, deps.clock.now()));
      const etag = `"${createHash('sha1').update(body).digest('base64url')}"`;
      const fresh = { snapshotAt, version: room.version, body, etag };
      rendered.set(room.id, fresh);
      return fresh;
    },
  };
}

type StatusDeps = VisibilityDeps & {
  clock: Clock;
  log: Log;
  meters: Meters;
  limits: Pick<Limits, 'isTrusted'>;
};

export function statusCall(deps: StatusDeps): HotPathHandler {
  const hot = {
    log: deps.log,
    translate: storesUnavailable,
    observe: observeAs(deps.meters, 'status'),
    isTrusted: deps.limits.isTrusted,
  };
  const shared = createSharedStatus(deps);

  return hotPathHandler(hot, (c) => {
    const { body, etag } = shared.of(visibleRoom(deps, c.req.param('room') ?? '', c));
    const headers: Record<string, string> = { 'Cache-Control': 'public, max-age=1', ETag: etag };
    if (requestHeader(c, 'if-none-match') === etag) return { status: 304, body: null, headers };
    headers['Content-Type'] = 'application/json';
    return { status: 200, body, headers };
  });
}

/** The shared status of a room. */
export function roomStatus(room: Room, nowMs: number): RoomStatus {
  const { snapshot, settings } = room;
  return {
    state: room.shownState,
    serving: snapshot?.serving ?? 0,
    waiting: snapshot?.waiting ?? 0,
    active: snapshot?.active ?? 0,
    admissions_per_minute: settings.admissions_per_minute,
    remaining: snapshot?.remaining ?? null,
    opens_at: settings.opens_at,
    lottery: room.lottery && publishedOf(room.lottery),
    priority: {
      share: settings.priority_share,
      called: snapshot?.priority.called ?? 0,
      waiting: snapshot?.priority.waiting ?? 0,
    },
    updated_at: new Date(snapshot?.at ?? nowMs).toISOString(),
  };
}

/** The public data of a lottery: its version and commitment; after the draw also seed and size. */
function publishedOf({ version, commitment, drawn }: NonNullable<Room['lottery']>): RoomStatus['lottery'] {
  return { version, commitment, ...drawn };
}
