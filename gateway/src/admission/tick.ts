import type { RedisClient } from '@shopfast/kit/redis';
import { runMergeCalls } from '../lua/merge-calls.ts';
import { runTick } from '../lua/tick.ts';
import { type CallLog, type CallNews, callLogAfter, latestOf, missingFrom } from '../rooms/call-log.ts';
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

const CLAIM_MS = 60_000;

/**
 * One admission step for a room (see `lua/tick.lua`). Any process may run it at any time.
 * @param byHand tickets to admit now in addition to the rate, inside the active and stock caps; 0 for an automatic step
 * @returns null when Redis does not know the room
 */
export async function tick(
  redis: RedisClient,
  room: string,
  options: { spacingMs: number; byHand?: number; highWaterMarks?: HighWaterMarks; claimMs?: number },
): Promise<TickResult | null> {
  const marks = options.highWaterMarks ?? NO_HIGH_WATER_MARKS;
  const callLog = marks.callLog ?? null;
  const askedAt = performance.now();
  const reply = await runTick(redis, room, {
    spacingMs: options.spacingMs,
    byHand: options.byHand ?? 0,
    maxChecked: MAX_CHECKED,
    known: { ...marks, priority: marks.priority ?? { issued: 0, serving: 0 } },
    log: callLog && { id: callLog.id, latest: latestOf(callLog) },
  });
  if (reply.outcome === 'room_unknown') return null;
  if (reply.outcome === 'log_is_behind') {
    if (!callLog) throw new Error('Redis cannot be behind a log that nobody knows');
    await runMergeCalls(redis, { room, epoch: marks.epoch }, callLog);
    return tick(redis, room, { ...options, highWaterMarks: { ...marks, callLog: null } });
  }
  const { log } = reply;
  const news: CallNews = {
    id: log.id,
    steadyAt: log.steadyAt,
    entries: log.entries,
    redisAt: reply.at,
    askedAt,
    serving: reply.serving,
    priority: reply.priority.serving,
    before: reply.before,
  };
  const missing = missingFrom(callLog, news);
  if (callLog && missing.length > 0)
    await runMergeCalls(redis, { room, epoch: marks.epoch }, { ...callLog, entries: missing });
  return {
    calledNow: reply.calledNow,
    version: reply.version,
    epoch: reply.epoch,
    snapshot: {
      serving: reply.serving,
      waiting: reply.waiting,
      active: reply.active,
      issued: reply.issued,
      remaining: reply.remaining,
      held: reply.held,
      sold: reply.sold,
      priority: reply.priority,
      callsInLastMinute: reply.callsInLastMinute,
      version: reply.version,
      madeAt: reply.madeAt,
      joined: reply.joined,
      called: reply.called,
      dropped: reply.dropped,
      at: reply.at,
    },
    callLog: callLogAfter(callLog, news, options.claimMs ?? CLAIM_MS),
  };
}
