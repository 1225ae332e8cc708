import { Problem } from '@shopfast/kit/errors';
import type { Gateway } from '../deps.ts';
import { keysOfLine, roomKeys } from '../lua/keys.ts';
import type { Room } from '../rooms/room.ts';
import type { Ticket } from './ticket.ts';

/**
 * Gives the place and any active slot back; repeating it is harmless. One Redis call.
 * @throws Problem ticket_expired, unavailable
 */
export async function leave(gateway: Gateway, room: Room, ticket: Ticket): Promise<void> {
  const keys = roomKeys(room.id);
  const line = keysOfLine(keys, ticket.line ?? 'ordinary');
  const [code] = await gateway.redis.wrLeave(
    keys.room,
    line.gaps,
    keys.called,
    keys.active,
    keys.tokens,
    line.seenPrefix,
    ticket.index,
    ticket.epoch,
    line.name,
  );
  if (code === 0) throw gateway.rooms.missing(room.id);
  if (code === -1) throw new Problem('ticket_expired');
}
