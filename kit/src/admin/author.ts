import type { Context } from 'hono';
import type { AdminEnv } from './authenticate.ts';

/** The author of a change, as in the audit log. */
export type Author = { actor: string; role: string; requestId: string };

/** For a transition that the room's own schedule makes. */
export const SCHEDULE: Author = { actor: 'schedule', role: 'system', requestId: '' };
/** For a change that the environment variables make at the start. */
export const ENVIRONMENT: Author = { actor: 'environment', role: 'system', requestId: '' };

export function authorOf(c: Context<AdminEnv>): Author {
  const actor = c.get('actor');
  return { actor: `${actor.name} (${actor.keyId})`, role: actor.role, requestId: c.get('requestId') };
}

/** A line of the audit log, as stored. */
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

/** One line of the audit log: who changed what, with the state before and after. */
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
