import { Problem } from '@shopfast/kit/errors';
import type { Gateway } from '../deps.ts';
import { roomKeys } from '../lua/keys.ts';
import type { Room } from '../rooms/room.ts';
import { type CalledRecord, calledStanding, type Standing, waitingStanding } from './standing.ts';
import type { Ticket } from './ticket.ts';

/**
 * Where a ticket stands; asking counts as a heartbeat. One Redis call, O(log n).
 * @throws Problem ticket_expired (ended in whatever way), unavailable
 */
export async function readStanding(gateway: Gateway, room: Room, ticket: Ticket): Promise<Standing> {
  const keys = roomKeys(room.id);
  const [code, ...rest] = await gateway.redis.wrHeartbeat(
    keys.room,
    keys.gaps,
    keys.called,
    keys.seenPrefix,
    ticket.index,
    ticket.epoch,
  );
  switch (code) {
    case 1: {
      const [number, serving, gapsAhead, waiting] = rest as [number, number, number, number];
      return waitingStanding(room, { number, ahead: number - 1 - serving - gapsAhead, waiting });
    }
    case 2:
      return calledStanding(room, rest[0] as number, JSON.parse(rest[1] as string) as CalledRecord);
    case 0:
      throw gateway.rooms.missing(room.id);
    case -2:
      throw new Problem('ticket_expired', { detail: 'You left this queue.' });
    default:
      throw new Problem('ticket_expired');
  }
}
