import { Problem } from '@shopfast/kit/errors';
import { randomId } from '@shopfast/kit/random-id';
import type { Code } from '../codes/code.ts';
import { lineOf, requireCode } from '../codes/require-code.ts';
import type { JoinReply, NewPlace } from '../lua/join.ts';
import { middleOf } from '../rooms/forecast.ts';
import { notOpenYet, refuseUnlessJoinable } from '../rooms/joinable.ts';
import type { Room } from '../rooms/room.ts';
import type { TicketDeps } from './deps.ts';
import { getTicketStatus } from './get-ticket-status.ts';
import { placeAddress } from './place-address.ts';
import { notifyMailbox } from './places.ts';
import type { Ticket } from './ticket.ts';
import { type TicketStatus, waitingTicketStatus } from './ticket-status.ts';

export type JoinDetails = {
  email?: string | undefined;
  code?: string | undefined;
  /** The reader's languages, best first, for a mail to the address if one must be sent. */
  languages?: () => string[];
};

export type Joined = { isNew: boolean; ticket: Ticket; secret: string; ticketStatus: TicketStatus };

/**
 * Gives a shopper a place; a shopper with a live ticket of this room keeps it. One Redis call, shared with all
 * concurrent joins; O(log n). An address that already has a place gets the same answer as any other, so that nobody
 * learns who is in line: see places.ts.
 * @param guards checks for a newcomer before anything is written, or null
 * @param brings data of a newcomer: the `email` in rooms with one place per address, and an invite or priority `code`,
 *    which gives a separate place for any address
 * @throws Problem room_not_open, room_closed, room_rejects, invite_required, code_invalid, invalid_request, unavailable
 */
export function join(
  deps: TicketDeps,
  room: Room,
  presented: Ticket | null,
  guards: (() => Promise<void>) | null = null,
  details: JoinDetails = {},
): Promise<Joined> {
  // Returns the command's own promise: another one per newcomer would cost too much in a crowd.
  return presented
    ? keepOrTakePlace(deps, room, presented, guards, details)
    : enter(deps, room, guards, details);
}

async function keepOrTakePlace(
  deps: TicketDeps,
  room: Room,
  presented: Ticket,
  guards: (() => Promise<void>) | null,
  details: JoinDetails,
): Promise<Joined> {
  return (await keepPlace(deps, room, presented)) ?? enter(deps, room, guards, details);
}

function enter(
  deps: TicketDeps,
  room: Room,
  guards: (() => Promise<void>) | null,
  details: JoinDetails,
): Promise<Joined> {
  const code =
    details.code === undefined && !room.settings.invite_only ? null : checkCode(deps, room, details.code);
  const isByAddress = code === null && room.settings.one_place_per === 'email';
  const address = isByAddress ? placeAddress(deps, room, details.email) : null;
  const take = () => (code ? takePlaceByCode(deps, room, code) : takePlace(deps, room, address, details));
  return guards ? guards().then(take) : take();
}

async function keepPlace(deps: TicketDeps, room: Room, ticket: Ticket): Promise<Joined | null> {
  try {
    const ticketStatus = await getTicketStatus(deps, room, ticket);
    if (ticketStatus.state === 'completed') return null;
    return { isNew: false, ticket, secret: deps.tickets.sign(ticket), ticketStatus };
  } catch (error) {
    if (error instanceof Problem && error.code === 'ticket_expired') return null;
    throw error;
  }
}

async function takePlace(
  deps: TicketDeps,
  room: Room,
  address: string | null,
  details: JoinDetails,
): Promise<Joined> {
  if (room.settings.queueing_method === 'reject') throw new Problem('room_rejects');
  const id = randomId();
  const { commands, clock } = deps;
  const place = address === null ? null : await commands.joinUniqueEmail(room, id, clock.now(), address);
  if (address !== null && place !== null && place.rival > 0)
    notifyMailbox(deps, room, { address, rival: place.rival, ...details });
  const reply: JoinReply = place ?? (await commands.join(room, id, clock.now()));
  switch (reply.outcome) {
    case 'joined':
      return joinedTicket(deps, room, id, reply);
    case 'room_unknown':
      throw deps.rooms.reportMissing(room.id);
    case 'not_open':
      throw notOpenYet(room);
    case 'closed':
      throw new Problem('room_closed');
  }
}

function joinedTicket(deps: TicketDeps, room: Room, id: string, given: NewPlace, line?: 'priority'): Joined {
  deps.meters.joined(room.id);
  const ticketStatus = waitingTicketStatus(room, given, line);
  const ticket: Ticket = {
    room: room.id,
    epoch: given.epoch,
    index: given.index,
    id,
    joinedAt: Math.round((room.snapshot?.at ?? deps.clock.now()) / 1_000),
    estimatedSeconds: ticketStatus.eta_seconds ? middleOf(ticketStatus.eta_seconds) : 0,
  };
  if (line) ticket.line = line;
  return { isNew: true, ticket, secret: deps.tickets.sign(ticket), ticketStatus };
}

function checkCode(deps: TicketDeps, room: Room, text: string | undefined): Code | null {
  refuseUnlessJoinable(room);
  return requireCode(deps, room, text);
}

async function takePlaceByCode(deps: TicketDeps, room: Room, code: Code): Promise<Joined> {
  if (room.settings.queueing_method === 'reject') throw new Problem('room_rejects');
  const id = randomId();
  const line = lineOf(room, code);
  const reply = await deps.commands.joinWithCode(room, line, code, id, deps.clock.now());
  switch (reply.outcome) {
    case 'joined':
      deps.codeUses.note({ id: room.id, epoch: reply.epoch }, code.id, reply.uses);
      return joinedTicket(deps, room, id, reply, line === 'priority' ? line : undefined);
    case 'room_unknown':
      throw deps.rooms.reportMissing(room.id);
    case 'not_open':
      throw notOpenYet(room);
    case 'closed':
      throw new Problem('room_closed');
    case 'used_up':
      throw new Problem('code_invalid', { detail: 'It has been used up.' });
    case 'over':
      throw new Problem('code_invalid', { detail: 'It has expired.' });
  }
}
