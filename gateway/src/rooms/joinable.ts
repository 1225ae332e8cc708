import { Problem } from '@shopfast/kit/errors';
import type { Room } from './room.ts';

/**
 * Refuses newcomers to a closed room before they solve a proof of work for nothing.
 * @throws Problem room_not_open, room_closed
 */
export function refuseUnlessJoinable(room: Room): void {
  if (room.state === 'scheduled') throw notOpenYet(room);
  if (room.state === 'closed' || room.state === 'draining') throw new Problem('room_closed');
}

/** The refusal before a room opens, with the time of its opening. */
export function notOpenYet(room: Room): Problem {
  const opens = room.settings.lobby_opens_at ?? room.settings.opens_at;
  return new Problem('room_not_open', opens ? { detail: `It opens at ${opens}.` } : {});
}
