import type { CallLog } from './call-log.ts';
import type { Room } from './room.ts';

/**
 * What a gateway knows of a room, to continue counting when Redis has lost its last second (or all data): the highest
 * index, the highest number called, and a margin for the numbers that any gateway gave since.
 */
export type HighWaterMarks = {
  epoch: number;
  issued: number;
  serving: number;
  margin: number;
  /** The same of the priority line; absent: nothing. */
  priority?: { issued: number; serving: number };
  /** Its last calls; absent: unknown. */
  callLog?: CallLog | null;
};

export const NO_HIGH_WATER_MARKS: HighWaterMarks = { epoch: -1, issued: 0, serving: 0, margin: 0 };

const MIN_MARGIN = 20;
/** A snapshot is one tick old; after a stall of the gateway it may be older. */
const SNAPSHOT_AGE_SECONDS = 0.5;

export function highWaterMarksOf(room: Room): HighWaterMarks {
  if (!room.snapshot) return NO_HIGH_WATER_MARKS;
  return {
    epoch: room.epoch,
    issued: Math.max(room.snapshot.issued, room.highestJoined),
    serving: room.snapshot.serving,
    priority: {
      issued: Math.max(room.snapshot.priority.issued, room.highestPriorityJoined),
      serving: room.snapshot.priority.serving,
    },
    callLog: room.callLog,
    margin: MIN_MARGIN + Math.ceil(room.joinsPerSecond * SNAPSHOT_AGE_SECONDS),
  };
}
