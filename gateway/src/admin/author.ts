import type { Context } from 'hono';
import type { AdminEnv } from './authenticate.ts';

/** Who is named in the audit log for a change. */
export type Author = { actor: string; role: string; requestId: string | null };

/** A step that a room's own timetable asked for. */
export const SCHEDULE: Author = { actor: 'schedule', role: 'system', requestId: null };

export function authorOf(c: Context<AdminEnv>): Author {
  const actor = c.get('actor');
  return { actor: `${actor.name} (${actor.keyId})`, role: actor.role, requestId: c.get('requestId') };
}
