import type { RoomSample } from '@shopfast/db/schema/timeline';
import { cleanUpTimeline, rollUpMinutes, saveSeconds } from '@shopfast/db/timeline';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { repeat } from '@shopfast/kit/repeat';
import type { RoomDeps } from '../deps.ts';
import { type Room, type Snapshot, waitingInBoth } from '../room.ts';

export const SECONDS_KEPT_MS = 3_600_000;
export const MINUTES_KEPT_MS = 30 * 86_400_000;
const CLEAN_UP_MS = 15_000;
/** A portion of the clean-up, and the most portions in a round. */
const PORTION = 1_000;
const PORTIONS = 5;

/**
 * Writes the rooms' history: a sample a second for all rooms in one statement, from this process's ticks. All gateways
 * do so; the second is the key, so it is written once. Separate from the ticker, so that a slow Postgres does not delay
 * ticks.
 */
export function startTimeline(deps: RoomDeps, lifecycle: Lifecycle): void {
  const keep = createTimelineKeeper(deps);
  repeat(1_000, 'timeline', keep.sample, { log: deps.log, lifecycle });
  repeat(CLEAN_UP_MS, 'timeline clean-up', keep.prune, { log: deps.log, lifecycle });
}

export function createTimelineKeeper(deps: RoomDeps): { sample(): Promise<void>; prune(): Promise<void> } {
  const written = new Map<string, number>();
  let rolledUpTo: number | null = null;

  return {
    sample: async () => {
      const fresh: RoomSample[] = [];
      for (const room of deps.rooms.all()) {
        const { snapshot } = room;
        if (!snapshot || written.get(room.id) === Math.floor(snapshot.at / 1_000)) continue;
        fresh.push(toSample(room, snapshot));
      }
      await saveSeconds(deps.sql, fresh);
      for (const sample of fresh) written.set(sample.room, Math.floor(sample.seen_ms / 1_000));
      for (const id of written.keys()) if (!deps.rooms.has(id)) written.delete(id);
    },
    prune: async () => {
      const now = deps.clock.now();
      // The first time everything that is kept; later only what is new, with a margin for a late gateway.
      await rollUpMinutes(deps.sql, new Date((rolledUpTo ?? now - SECONDS_KEPT_MS) - 120_000));
      rolledUpTo = now;
      const bounds = {
        secondsBefore: new Date(now - SECONDS_KEPT_MS - 60_000),
        minutesBefore: new Date(now - MINUTES_KEPT_MS),
        limit: PORTION,
      };
      for (let portion = 0; portion < PORTIONS; portion += 1)
        if ((await cleanUpTimeline(deps.sql, bounds)) < PORTION) return;
    },
  };
}

function toSample(room: Room, snapshot: Snapshot): RoomSample {
  const second = Math.floor(snapshot.at / 1_000) * 1_000;
  return {
    room: room.id,
    at: new Date(second),
    seen_ms: snapshot.at,
    generation: snapshot.madeAt,
    waiting: waitingInBoth(snapshot),
    active: snapshot.active,
    serving: snapshot.serving,
    issued: snapshot.issued,
    joined: snapshot.joined,
    called: snapshot.called,
    dropped: snapshot.dropped,
    remaining: snapshot.remaining,
    held: snapshot.held,
    sold: snapshot.sold,
  };
}
