import { appendAudit } from '@shopfast/db/audit';
import { revokeToken as saveRevocation } from '@shopfast/db/revoked-tokens';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import type { RevokedFrom } from '@shopfast/kit/contracts/rooms';
import { Problem } from '@shopfast/kit/errors';
import { runRevoke } from '../lua/revoke.ts';
import type { RoomDirectory } from '../rooms/directory.ts';
import type { TicketDeps } from './deps.ts';

type RevokeDeps = Pick<TicketDeps, 'redis' | 'sql' | 'clock' | 'meters'> & {
  rooms: Pick<RoomDirectory, 'reportMissing'>;
};

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
  const first = await tryToRevoke(deps, room, number);
  if (!('jti' in first)) {
    if (first.was === 'waiting' || first.was === 'called')
      await appendAudit(deps.sql, entryFor(deps, room, author, { number, was: first.was }));
    return first.was;
  }
  const { jti } = first;
  const entry = entryFor(deps, room, author, { number, was: 'admitted', jti });
  await saveRevocation(deps.sql, { jti, room, at: entry.at }, entry);
  const second = await tryToRevoke(deps, room, number, jti);
  if ('jti' in second) throw new Problem('unavailable', { retryAfterSeconds: 1 });
  if (second.was === 'admitted') deps.meters.released(room, 'revoked');
  return second.was;
}

const entryFor = (deps: RevokeDeps, room: string, author: Author, after: object) =>
  auditEntry(author, deps.clock.now(), { action: 'room.revoke', target: room, after });

async function tryToRevoke(
  deps: RevokeDeps,
  room: string,
  number: number,
  revokedJti?: string,
): Promise<{ was: RevokedFrom } | { jti: string }> {
  const reply = await runRevoke(deps.redis, { room, number }, revokedJti);
  switch (reply.outcome) {
    case 'revoked':
    case 'holds_token':
      return reply;
    case 'room_unknown':
      throw deps.rooms.reportMissing(room);
    case 'not_given':
      throw new Problem('ticket_unknown', { detail: 'This number was not given.' });
    case 'has_bought':
      throw new Problem('state_conflict', { detail: 'The holder of this number has bought.' });
  }
}
