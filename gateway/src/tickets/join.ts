import { Problem } from '@shopfast/kit/errors';
import type { Code } from '../codes/code.ts';
import { lineOf, requireCode } from '../codes/require-code.ts';
import type { Gateway } from '../deps.ts';
import type { Room } from '../rooms/room.ts';
import { readStanding } from './heartbeat.ts';
import { type Standing, waitingStanding } from './standing.ts';
import { newTicketId, type Ticket } from './ticket.ts';

export type Joined = { isNew: boolean; secret: string; standing: Standing };

/**
 * Gives a shopper a place; one who shows a live ticket of this room keeps it.
 * One Redis call, shared with all who join at the same moment; O(log n).
 * @param atDoor what a newcomer must pass before anything is written, or null
 * @param codeText the invite or priority code that a newcomer brings
 * @throws Problem room_not_open, room_closed, invite_required, code_invalid, unavailable
 */
export async function join(
  gateway: Gateway,
  room: Room,
  presented: Ticket | null,
  atDoor: (() => Promise<void>) | null = null,
  codeText?: string,
): Promise<Joined> {
  const kept = presented && (await keepPlace(gateway, room, presented));
  if (kept) return kept;
  const code =
    codeText === undefined && !room.settings.invite_only ? null : openCode(gateway, room, codeText);
  if (atDoor) await atDoor();
  return code ? takePlaceByCode(gateway, room, code) : takePlace(gateway, room);
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
  const id = newTicketId();
  const answer = await gateway.commands.join(room, id, gateway.clock.now());
  switch (answer.code) {
    case 0:
      throw gateway.rooms.missing(room.id);
    case -1:
      throw notOpenYet(room);
    case -2:
      throw new Problem('room_closed');
    default: {
      const ticket: Ticket = { room: room.id, epoch: answer.epoch, index: answer.index, id };
      return { isNew: true, secret: gateway.tickets.sign(ticket), standing: waitingStanding(room, answer) };
    }
  }
}

function openCode(gateway: Gateway, room: Room, text: string | undefined): Code | null {
  refuseAtShutDoor(room);
  return requireCode(gateway, room, text);
}

async function takePlaceByCode(gateway: Gateway, room: Room, code: Code): Promise<Joined> {
  const id = newTicketId();
  const line = lineOf(room, code);
  const answer = await gateway.commands.redeem(room, line, code, id, gateway.clock.now());
  switch (answer.code) {
    case 0:
      throw gateway.rooms.missing(room.id);
    case -1:
      throw notOpenYet(room);
    case -2:
      throw new Problem('room_closed');
    case 'used_up':
      throw new Problem('code_invalid', { detail: 'It has been used up.' });
    case 'over':
      throw new Problem('code_invalid', { detail: 'Its time is over.' });
    default: {
      gateway.codeUses.note({ id: room.id, epoch: answer.epoch }, code.id, answer.uses);
      const ticket: Ticket = { room: room.id, epoch: answer.epoch, index: answer.index, id };
      if (line === 'priority') ticket.line = line;
      const standing = waitingStanding(room, answer, ticket.line);
      return { isNew: true, secret: gateway.tickets.sign(ticket), standing };
    }
  }
}

/**
 * Turns newcomers away from doors that are shut, before they work for a place in vain.
 * @throws Problem room_not_open, room_closed
 */
export function refuseAtShutDoor(room: Room): void {
  if (room.state === 'scheduled') throw notOpenYet(room);
  if (room.state === 'closed') throw new Problem('room_closed');
}

function notOpenYet(room: Room): Problem {
  const opens = room.settings.lobby_opens_at ?? room.settings.opens_at;
  return new Problem('room_not_open', opens ? { detail: `It opens at ${opens}.` } : {});
}
