import { revokeToken } from '@shopfast/db/revoked-tokens';
import { Problem } from '@shopfast/kit/errors';
import type { Gateway } from '../deps.ts';
import { keysOfLine, roomKeys } from '../lua/keys.ts';
import type { Room } from '../rooms/room.ts';
import type { Ticket } from './ticket.ts';

/**
 * Gives the place and any active slot back; idempotent. One Redis call. For an admitted ticket, its token is revoked
 * before the slot is freed: otherwise one shopper could buy with it and another in the slot. That takes a statement and
 * a second call.
 * @throws Problem ticket_expired, unavailable
 */
export async function leave(gateway: Gateway, room: Room, ticket: Ticket): Promise<void> {
  const token = await tryToLeave(gateway, room, ticket, '');
  if (token === null) return;
  await revokeToken(gateway.sql, { jti: token, room: room.id, at: new Date(gateway.clock.now()) }, null);
  if ((await tryToLeave(gateway, room, ticket, token)) !== null) throw new Problem('unavailable');
}

/** @returns null when the ticket has left, or the token that must be revoked before it may leave */
async function tryToLeave(
  gateway: Gateway,
  room: Room,
  ticket: Ticket,
  revokedJti: string,
): Promise<string | null> {
  const keys = roomKeys(room.id);
  const line = keysOfLine(keys, ticket.line ?? 'ordinary');
  const [code, jti] = await gateway.redis.wrLeave(
    keys.room,
    line.gaps,
    keys.called,
    keys.active,
    keys.tokens,
    line.seenPrefix,
    keys.reminders,
    ticket.index,
    ticket.epoch,
    revokedJti,
    line.name,
  );
  if (code === 0) throw gateway.rooms.reportMissing(room.id);
  if (code === -1) throw new Problem('ticket_expired');
  return code === 2 ? (jti as string) : null;
}
