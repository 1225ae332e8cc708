import { revokeToken } from '@shopfast/db/revoked-tokens';
import { Problem } from '@shopfast/kit/errors';
import { runLeave } from '../lua/leave.ts';
import type { Room } from '../rooms/room.ts';
import type { TicketDeps } from './deps.ts';
import type { Ticket } from './ticket.ts';

/**
 * Gives the place and any active slot back; idempotent. One Redis call. For an admitted ticket, its token is revoked
 * before the slot is freed: otherwise one shopper could buy with it and another in the slot. That takes a statement and
 * a second call.
 * @throws Problem ticket_expired, unavailable
 */
export async function leave(deps: TicketDeps, room: Room, ticket: Ticket): Promise<void> {
  const token = await tryToLeave(deps, room, ticket);
  if (token === null) return;
  await revokeToken(deps.sql, { jti: token, room: room.id, at: new Date(deps.clock.now()) }, null);
  if ((await tryToLeave(deps, room, ticket, token)) !== null) throw new Problem('unavailable');
}

/** @returns null when the ticket has left, or the token that must be revoked before it may leave */
async function tryToLeave(
  deps: TicketDeps,
  room: Room,
  ticket: Ticket,
  revokedJti?: string,
): Promise<string | null> {
  const { index, epoch, line = 'ordinary' } = ticket;
  const reply = await runLeave(deps.redis, { room: room.id, line, index, epoch }, revokedJti);
  switch (reply.outcome) {
    case 'left':
      return null;
    case 'holds_token':
      return reply.jti;
    case 'room_unknown':
      throw deps.rooms.reportMissing(room.id);
    case 'ended':
      throw new Problem('ticket_expired');
  }
}
