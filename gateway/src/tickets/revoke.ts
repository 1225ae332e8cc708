import { appendAudit } from '@shopfast/db/audit';
import { revokeToken as saveRevocation } from '@shopfast/db/revoked-tokens';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { Problem } from '@shopfast/kit/errors';
import type { Gateway } from '../deps.ts';
import { roomKeys } from '../lua/keys.ts';

/** What a ticket was before it was revoked; the last two: it had already ended. */
export const REVOKED_FROM = ['waiting', 'called', 'admitted', 'revoked', 'ended'] as const;
export type RevokedFrom = (typeof REVOKED_FROM)[number];

/**
 * Revokes the ticket with a number of the ordinary line, audited: a place in line, a call, or a slot together with its
 * token. Idempotent. One Redis call; for an admitted ticket two, and one statement before the second.
 * @throws Problem ticket_unknown, state_conflict when its holder has bought, unavailable
 */
export async function revokeNumber(
  gateway: Gateway,
  room: string,
  number: number,
  author: Author,
): Promise<RevokedFrom> {
  const first = await runRevoke(gateway, room, number, '');
  if (!('jti' in first)) {
    if (first.was === 'waiting' || first.was === 'called')
      await appendAudit(gateway.sql, entryFor(gateway, room, author, { number, was: first.was }));
    return first.was;
  }
  const { jti } = first;
  const entry = entryFor(gateway, room, author, { number, was: 'admitted', jti });
  await saveRevocation(gateway.sql, { jti, room, at: entry.at }, entry);
  const second = await runRevoke(gateway, room, number, jti);
  if ('jti' in second) throw new Problem('unavailable', { retryAfterSeconds: 1 });
  if (second.was === 'admitted') gateway.meters.released(room, 'revoked');
  return second.was;
}

const entryFor = (gateway: Gateway, room: string, author: Author, after: object) =>
  auditEntry(author, gateway.clock.now(), { action: 'room.revoke', target: room, after });

async function runRevoke(
  gateway: Gateway,
  room: string,
  number: number,
  revokedJti: string,
): Promise<{ was: RevokedFrom } | { jti: string }> {
  const keys = roomKeys(room);
  const [code, more] = await gateway.redis.wrRevoke(
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
  if (code === 0) throw gateway.rooms.reportMissing(room);
  if (code === -1) throw new Problem('ticket_unknown', { detail: 'This number was not given.' });
  if (code === -2) throw new Problem('state_conflict', { detail: 'The holder of this number has bought.' });
  return code === 2 ? { jti: more as string } : { was: more as RevokedFrom };
}
