import { type Room, waitingInBoth } from './room.ts';
import type { StateTransition } from './state-machine.ts';

/**
 * The transition that a room's schedule, or its draining, requires now, or null. Times are absolute, so time zones do
 * not matter.
 */
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

/** A snapshot from before the drain started proves nothing: somebody may have joined after it. */
function hasDrained({ state, snapshot, version }: Room): boolean {
  if (state !== 'draining' || !snapshot || snapshot.version < version) return false;
  return waitingInBoth(snapshot) === 0 && snapshot.active === 0;
}
