import { appendAudit } from '@shopfast/db/audit/append';
import { revokeToken as saveRevocation } from '@shopfast/db/revoked-tokens/revoke';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { Problem } from '@shopfast/kit/errors';
import { roomKeys } from '../lua/keys.ts';
import type { RoomDirectory } from '../rooms/directory.ts';
import type { TicketDeps } from './deps.ts';

type RevokeDeps = Pick<TicketDeps, 'redis' | 'sql' | 'clock' | 'meters'> & {
  rooms: Pick<RoomDirectory, 'reportMissing'>;
};

/** What a ticket was before it was revoked; the last two: it had already ended. */
export const REVOKED_FROM = ['waiting', 'called', 'admitted', 'revoked', 'ended'] as const;
export type RevokedFrom = (typeof REVOKED_FROM)[number];

/**
 * Revokes the ticket with a number of the ordinary line, audited: a place in line, a call, or a slot together with its
 * token. Idempotent. One Redis call; for an admitted ticket two, and one statement before the second.
 * @throws Problem ticket_unknown, state_conflict when its holder has bought, unavailable
 */
export async function revokeNumber(
  deps: RevokeDeps,
  room: string,
  number: number,
  author: Author,
): Promise<RevokedFrom> {
  const first = await runRevoke(deps, room, number, '');
  if (!('jti' in first)) {
    if (first.was === 'waiting' || first.was === 'called')
      await appendAudit(deps.sql, entryFor(deps, room, author, { number, was: first.was }));
    return first.was;
  }
  const { jti } = first;
  const entry = entryFor(deps, room, author, { number, was: 'admitted', jti });
  await saveRevocation(deps.sql, { jti, room, at: entry.at }, entry);
  const second = await runRevoke(deps, room, number, jti);
  if ('jti' in second) throw new Problem('unavailable', { retryAfterSeconds: 1 });
  if (second.was === 'admitted') deps.meters.released(room, 'revoked');
  return second.was;
}

const entryFor = (deps: RevokeDeps, room: string, author: Author, after: object) =>
  auditEntry(author, deps.clock.now(), { action: 'room.revoke', target: room, after });

async function runRevoke(
  deps: RevokeDeps,
  room: string,
  number: number,
  revokedJti: string,
): Promise<{ was: RevokedFrom } | { jti: string }> {
  const keys = roomKeys(room);
  const [code, more] = await deps.redis.wrRevoke(
    keys.room,
    keys.gaps,
    keys.called,
    keys.active,
    keys.tokens,
    keys.ended,
    keys.seenPrefix,
    number,
    revokedJti,
  );
  if (code === 0) throw deps.rooms.reportMissing(room);
  if (code === -1) throw new Problem('ticket_unknown', { detail: 'This number was not given.' });
  if (code === -2) throw new Problem('state_conflict', { detail: 'The holder of this number has bought.' });
  return code === 2 ? { jti: more as string } : { was: more as RevokedFrom };
}
