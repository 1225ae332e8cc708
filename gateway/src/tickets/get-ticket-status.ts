import { Problem } from '@shopfast/kit/errors';
import type { Room } from '../rooms/room.ts';
import type { TicketDeps } from './deps.ts';
import type { Ticket } from './ticket.ts';
import {
  type CalledRecord,
  calledTicketStatus,
  type TicketStatus,
  waitingTicketStatus,
} from './ticket-status.ts';

/**
 * The status of a ticket; reading it counts as a heartbeat. One Redis call, shared with all concurrent requests.
 * @throws Problem ticket_expired (ended for any reason), unavailable
 */
export async function getTicketStatus(deps: TicketDeps, room: Room, ticket: Ticket): Promise<TicketStatus> {
  const reply = await deps.commands.heartbeat(room.id, ticket.index, ticket.epoch, ticket.line);
  switch (reply.status) {
    case 'waiting':
      return waitingTicketStatus(room, reply, ticket.line);
    case 'called':
      return calledTicketStatus(room, reply.number, recordOf(reply.record), ticket.line);
    case 'room_unknown':
      throw deps.rooms.reportMissing(room.id);
    case 'left':
      throw new Problem('ticket_expired', { detail: 'You left this queue.' });
    case 'revoked':
      throw new Problem('ticket_expired', { detail: 'This ticket was revoked.' });
    case 'expired':
      throw new Problem('ticket_expired');
  }
}

function recordOf(json: string): CalledRecord {
  const record: CalledRecord = JSON.parse(json);
  return record;
}
