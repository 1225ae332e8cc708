import { Problem } from '@shopfast/kit/errors';
import type { Gateway } from '../deps.ts';
import { roomKeys } from '../lua/keys.ts';
import type { Room } from '../rooms/room.ts';
import { readStanding } from './heartbeat.ts';
import { type Standing, waitingStanding } from './standing.ts';
import { newTicketId, type Ticket } from './ticket.ts';

export type Joined = { isNew: boolean; secret: string; standing: Standing };

/**
 * Gives a shopper a place; one who shows a live ticket of this room keeps it.
 * One Redis call for a new place, one for an old one; O(log n).
 * @throws Problem room_not_open, room_closed, unavailable
 */
export async function join(gateway: Gateway, room: Room, presented: Ticket | null): Promise<Joined> {
  const kept = presented && (await keepPlace(gateway, room, presented));
  return kept ?? takePlace(gateway, room);
}

async function keepPlace(gateway: Gateway, room: Room, ticket: Ticket): Promise<Joined | null> {
  try {
    const standing = await readStanding(gateway, room, ticket);
    if (standing.state === 'completed') return null;
    return { isNew: false, secret: gateway.tickets.sign(ticket), standing };
  } catch (error) {
    if (error instanceof Problem && error.code === 'ticket_expired') return null;
    throw error;
  }
}

async function takePlace(gateway: Gateway, room: Room): Promise<Joined> {
  const keys = roomKeys(room.id);
  const id = newTicketId();
  const [code, index, epoch, number, serving, gapsAhead, waiting] = await gateway.redis.wrJoin(
    keys.room,
    keys.gaps,
    keys.joins(gateway.clock.now()),
    keys.seenPrefix,
    id,
  );
  if (code === 0) throw gateway.rooms.missing(room.id);
  if (code === -1) throw notOpenYet(room);
  if (code === -2) throw new Problem('room_closed');
  gateway.meters.joined(room.id);

  const ticket: Ticket = { room: room.id, epoch: epoch as number, index: index as number, id };
  const place = { number: number as number, waiting: waiting as number };
  const ahead = Math.max(0, place.number - 1 - (serving as number) - (gapsAhead as number));
  const standing = waitingStanding(room, { ...place, ahead });
  return { isNew: true, secret: gateway.tickets.sign(ticket), standing };
}

function notOpenYet(room: Room): Problem {
  const opens = room.settings.lobby_opens_at ?? room.settings.opens_at;
  return new Problem('room_not_open', opens ? { detail: `It opens at ${opens}.` } : {});
}
