import type { Redis } from 'ioredis';
import { roomKeys } from '../lua/keys.ts';
import { NOTHING_REMEMBERED, type Remembered } from '../rooms/remembered.ts';
import type { Snapshot } from '../rooms/room.ts';

export type TickResult = { calledNow: number; version: number; epoch: number; snapshot: Snapshot };

/** How many tickets one step may look at: passes over the gone, sweeps the abandoned. Bounds a step to about 2 ms of Redis. */
const LOOK_LIMIT = 1_000;

/**
 * One step of admission for a room (see `lua/tick.lua`), by any process, as often as it likes.
 * @param byHand tickets to admit now beside the rate, inside the active and stock caps; 0 for an automatic step
 * @returns null when Redis does not know the room
 */
export async function tick(
  redis: Redis,
  room: string,
  options: { spacingMs: number; byHand?: number; remembered?: Remembered },
): Promise<TickResult | null> {
  const keys = roomKeys(room);
  const remembered = options.remembered ?? NOTHING_REMEMBERED;
  const answer = await redis.wrTick(
    keys.room,
    keys.gaps,
    keys.called,
    keys.active,
    keys.tokens,
    keys.calls,
    keys.ended,
    keys.seenPrefix,
    keys.priorityGaps,
    keys.prioritySeenPrefix,
    keys.reminders,
    options.spacingMs,
    options.byHand ?? 0,
    LOOK_LIMIT,
    remembered.epoch,
    remembered.issued,
    remembered.serving,
    remembered.margin,
    remembered.priority?.issued ?? 0,
    remembered.priority?.serving ?? 0,
  );
  if (answer[0] === 0) return null;
  const [
    ,
    calledNow,
    ,
    version,
    epoch,
    serving,
    waiting,
    active,
    ,
    remaining,
    held,
    sold,
    issued,
    calls,
    at,
    madeAt,
    joined,
    called,
    dropped,
    priorityIssued,
    priorityServing,
    priorityWaiting,
  ] = answer as number[];
  return {
    calledNow: calledNow as number,
    version: version as number,
    epoch: epoch as number,
    snapshot: {
      serving: serving as number,
      waiting: waiting as number,
      active: active as number,
      issued: issued as number,
      remaining: knownOrNull(remaining),
      held: knownOrNull(held),
      sold: knownOrNull(sold),
      priority: {
        issued: priorityIssued as number,
        serving: priorityServing as number,
        waiting: priorityWaiting as number,
      },
      callsInLastMinute: calls as number,
      version: version as number,
      madeAt: madeAt as number,
      joined: joined as number,
      called: called as number,
      dropped: dropped as number,
      at: at as number,
    },
  };
}

function knownOrNull(figure: number | undefined): number | null {
  return figure === undefined || figure < 0 ? null : figure;
}
