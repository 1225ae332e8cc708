import { type Room, waitingInBoth } from './room.ts';
import type { StateTransition } from './state-machine.ts';

/** The step that a room's timetable, or its draining, asks for now, or null. Times are absolute: time zones cannot matter. */
export function dueStep(room: Room, nowMs: number): StateTransition | null {
  const { lobby_opens_at, opens_at, closes_at } = room.settings;
  const isPast = (time: string | null) => time !== null && Date.parse(time) <= nowMs;

  if (room.state === 'closed') return null;
  if (isPast(closes_at)) return 'close';
  if ((room.state === 'scheduled' || room.state === 'lobby') && isPast(opens_at)) return 'open';
  if (room.state === 'scheduled' && isPast(lobby_opens_at)) return 'open_lobby';
  if (hasDrained(room)) return 'close';
  return null;
}

/** A figure from before the doors were shut proves nothing: somebody may have joined after it. */
function hasDrained({ state, snapshot, version }: Room): boolean {
  if (state !== 'draining' || !snapshot || snapshot.version < version) return false;
  return waitingInBoth(snapshot) === 0 && snapshot.active === 0;
}
