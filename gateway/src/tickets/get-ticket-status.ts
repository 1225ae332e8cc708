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
  const answer = await deps.commands.heartbeat(room.id, ticket.index, ticket.epoch, ticket.line);
  switch (answer.code) {
    case 1:
      return waitingTicketStatus(room, answer, ticket.line);
    case 2:
      return calledTicketStatus(room, answer.number, JSON.parse(answer.record) as CalledRecord, ticket.line);
    case 0:
      throw deps.rooms.reportMissing(room.id);
    case -2:
      throw new Problem('ticket_expired', { detail: 'You left this queue.' });
    case -3:
      throw new Problem('ticket_expired', { detail: 'This ticket was revoked.' });
    default:
      throw new Problem('ticket_expired');
  }
}
