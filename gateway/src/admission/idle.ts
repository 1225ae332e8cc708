import type { RedisClient } from '@shopfast/kit/redis';
import { roomKeys } from '../lua/keys.ts';
import type { Room, Snapshot } from '../rooms/room.ts';

/** An idle room is looked at this often, which costs a fraction of a step. */
export const IDLE_LOOK_MS = 2_000;
/** It still has a step this often, which removes expired records. */
export const IDLE_STEP_MS = 30_000;

/** What any change of an idle room changes. */
const FIELDS = [
  ...['version', 'epoch', 'issued', 'serving', 'priority_issued', 'priority_serving'],
  ...['remaining', 'held', 'sold', 'log_id'],
];

/** Whether the room in Redis is still as this process knows it: joins elsewhere, new settings, stock, a loss of data. */
export async function isUnchanged(redis: RedisClient, room: Room): Promise<boolean> {
  const values = await redis.hmget(roomKeys(room.id).room, ...FIELDS);
  return room.snapshot !== null && values.every((value, at) => value === knownOf(room, room.snapshot)[at]);
}

function knownOf({ epoch, callLog }: Room, snapshot: Snapshot | null): (string | null)[] {
  if (!snapshot) return [];
  const { version, issued, serving, priority, remaining, held, sold } = snapshot;
  const figures = [version, epoch, issued, serving];
  // These fields do not exist before they are needed.
  const rare = [
    priority.issued || null,
    priority.serving || null,
    remaining,
    held,
    sold,
    callLog?.id || null,
  ];
  return [...figures, ...rare].map((figure) => (figure === null ? null : String(figure)));
}
