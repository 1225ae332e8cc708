import type { Context } from 'hono';
import type { AdminEnv } from './authenticate.ts';

/** Who is named in the audit log for a change. */
export type Author = { actor: string; role: string; requestId: string };

/** A step that a room's own timetable asked for. */
export const SCHEDULE: Author = { actor: 'schedule', role: 'system', requestId: '' };
/** What the environment asks for at a start. */
export const ENVIRONMENT: Author = { actor: 'environment', role: 'system', requestId: '' };

export function authorOf(c: Context<AdminEnv>): Author {
  const actor = c.get('actor');
  return { actor: `${actor.name} (${actor.keyId})`, role: actor.role, requestId: c.get('requestId') };
}

/** A line of the audit log, as it is stored. */
export type AuditEntry = {
  at: Date;
  actor: string;
  role: string;
  action: string;
  target: string;
  before: unknown;
  after: unknown;
  request_id: string;
};

/** One line of the audit log: who did what to what, and what it was before and after. */
export function auditEntry(
  author: Author,
  nowMs: number,
  change: { action: string; target: string; before?: unknown; after?: unknown },
): AuditEntry {
  return {
    at: new Date(nowMs),
    actor: author.actor,
    role: author.role,
    action: change.action,
    target: change.target,
    before: change.before ?? null,
    after: change.after ?? null,
    request_id: author.requestId,
  };
}
