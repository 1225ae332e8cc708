import type { CallLog } from './call-log.ts';
import type { Room } from './room.ts';

/**
 * What a gateway remembers of a room, to go on counting where Redis has lost its last second (or everything): the highest
 * index and number called, and a margin for what was given since by anybody.
 */
export type HighWaterMarks = {
  epoch: number;
  issued: number;
  serving: number;
  margin: number;
  /** The same of the priority line; absent: nothing. */
  priority?: { issued: number; serving: number };
  /** Its last calls; absent: nothing is known of them. */
  callLog?: CallLog | null;
};

export const NO_HIGH_WATER_MARKS: HighWaterMarks = { epoch: -1, issued: 0, serving: 0, margin: 0 };

const LEAST_MARGIN = 20;
/** A snapshot is a tick old; a gateway that stalls may hold an older one. */
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
    margin: LEAST_MARGIN + Math.ceil(room.joinsPerSecond * SNAPSHOT_AGE_SECONDS),
  };
}
