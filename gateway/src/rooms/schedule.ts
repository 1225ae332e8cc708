import type { Room } from './room.ts';
import type { PlainStep } from './steps.ts';

/** The step that a room's timetable asks for now, or null. Times are absolute, so time zones cannot matter. */
export function dueStep(room: Room, nowMs: number): PlainStep | null {
  const { lobby_opens_at, opens_at, closes_at } = room.settings;
  const isPast = (time: string | null) => time !== null && Date.parse(time) <= nowMs;

  if (room.state === 'closed') return null;
  if (isPast(closes_at)) return 'close';
  if ((room.state === 'scheduled' || room.state === 'lobby') && isPast(opens_at)) return 'open';
  if (room.state === 'scheduled' && isPast(lobby_opens_at)) return 'open_lobby';
  return null;
}
