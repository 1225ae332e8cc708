import type { Redis } from 'ioredis';
import { roomKeys } from '../lua/keys.ts';
import {
  type CallEntry,
  type CallLog,
  type CallNews,
  callLogAfter,
  latestOf,
  missingFrom,
  textOfAll,
} from '../rooms/call-log.ts';
import { type HighWaterMarks, NO_HIGH_WATER_MARKS } from '../rooms/high-water-marks.ts';
import type { Snapshot } from '../rooms/room.ts';

export type TickResult = {
  calledNow: number;
  version: number;
  epoch: number;
  snapshot: Snapshot;
  callLog: CallLog;
};

/** The most tickets that one step looks at, skipped or swept. It limits a step to about 2 ms of Redis time. */
const MAX_CHECKED = 1_000;

/** Index of the first log entry in a reply. */
const FIRST_ENTRY = 27;
const LOG_IS_BEHIND = 2;
const CLAIM_MS = 60_000;

/**
 * One admission step for a room (see `lua/tick.lua`). Any process may run it at any time.
 * @param byHand tickets to admit now in addition to the rate, inside the active and stock caps; 0 for an automatic step
 * @returns null when Redis does not know the room
 */
export async function tick(
  redis: Redis,
  room: string,
  options: { spacingMs: number; byHand?: number; highWaterMarks?: HighWaterMarks; claimMs?: number },
): Promise<TickResult | null> {
  const keys = roomKeys(room);
  const highWaterMarks = options.highWaterMarks ?? NO_HIGH_WATER_MARKS;
  const callLog = highWaterMarks.callLog ?? null;
  const askedAt = performance.now();
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
    MAX_CHECKED,
    highWaterMarks.epoch,
    highWaterMarks.issued,
    highWaterMarks.serving,
    highWaterMarks.margin,
    highWaterMarks.priority?.issued ?? 0,
    highWaterMarks.priority?.serving ?? 0,
    callLog?.id ?? -1,
    callLog ? latestOf(callLog) : -1,
  );
  if (answer[0] === 0) return null;
  if (answer[0] === LOG_IS_BEHIND && callLog) {
    await mergeCalls(redis, room, highWaterMarks.epoch, callLog, callLog.entries);
    return tick(redis, room, { ...options, highWaterMarks: { ...highWaterMarks, callLog: null } });
  }
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
    priorityCalled,
    logId,
    steadyAt,
    servingBefore,
    priorityBefore,
  ] = answer as number[];
  const news: CallNews = {
    id: logId as number,
    steadyAt: steadyAt as number,
    redisAt: at as number,
    askedAt,
    entries: readEntries(answer.slice(FIRST_ENTRY) as string[]),
    serving: serving as number,
    priority: priorityServing as number,
    before: { serving: servingBefore as number, priority: priorityBefore as number },
  };
  const missing = missingFrom(callLog, news);
  if (callLog && missing.length > 0) await mergeCalls(redis, room, highWaterMarks.epoch, callLog, missing);
  return {
    calledNow: calledNow as number,
    version: version as number,
    epoch: epoch as number,
    snapshot: {
      serving: serving as number,
      waiting: waiting as number,
      active: active as number,
      issued: issued as number,
      remaining: figureOrNull(remaining),
      held: figureOrNull(held),
      sold: figureOrNull(sold),
      priority: {
        issued: priorityIssued as number,
        serving: priorityServing as number,
        waiting: priorityWaiting as number,
        called: priorityCalled as number,
      },
      callsInLastMinute: calls as number,
      version: version as number,
      madeAt: madeAt as number,
      joined: joined as number,
      called: called as number,
      dropped: dropped as number,
      at: at as number,
    },
    callLog: callLogAfter(callLog, news, options.claimMs ?? CLAIM_MS),
  };
}

/** The script returns the latest first. */
function readEntries(reply: string[]): CallEntry[] {
  return reply.toReversed().map((text) => {
    const [at, count] = text.split(':').map(Number) as [number, number];
    return { at, count };
  });
}

/** Restores log entries that Redis lost. */
async function mergeCalls(
  redis: Redis,
  room: string,
  epoch: number,
  { id, steadyAt }: CallLog,
  entries: readonly CallEntry[],
): Promise<void> {
  const keys = roomKeys(room);
  await redis.wrMergeCalls(keys.room, keys.calls, epoch, id, textOfAll(entries), steadyAt);
}

function figureOrNull(figure: number | undefined): number | null {
  return figure === undefined || figure < 0 ? null : figure;
}
