import { revokeToken as saveRevocation } from '@shopfast/db/revoked-tokens';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { invalidRequest } from '@shopfast/kit/http';
import type { TokenDeps } from './deps.ts';
import { releaseSlot } from './release.ts';

/**
 * Revokes a reservation token, audited. First in Postgres, so that every later purchase is refused, then its slot is
 * freed. Redis need not know the token. Idempotent.
 * @throws Problem invalid_request when the jti is not of this room
 */
export async function revokeToken(
  deps: Pick<TokenDeps, 'sql' | 'clock' | 'redis' | 'meters'>,
  room: string,
  jti: string,
  author: Author,
): Promise<void> {
  if (!jti.startsWith(`${room}.`))
    throw invalidRequest([{ path: ['jti'], message: 'does not belong to a token of this room' }]);
  const now = deps.clock.now();
  const entry = auditEntry(author, now, { action: 'room.revoke', target: room, after: { jti } });
  await saveRevocation(deps.sql, { jti, room, at: new Date(now) }, entry);
  await releaseSlot(deps, room, jti, 'revoked');
}
