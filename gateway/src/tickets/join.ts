import { Problem } from '@shopfast/kit/errors';
import { randomId } from '@shopfast/kit/random-id';
import type { Code } from '../codes/code.ts';
import { lineOf, requireCode } from '../codes/require-code.ts';
import type { Gateway } from '../deps.ts';
import { middleOf } from '../rooms/forecast.ts';
import type { Room } from '../rooms/room.ts';
import type { JoinAnswer } from './commands.ts';
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
  gateway: Gateway,
  room: Room,
  presented: Ticket | null,
  guards: (() => Promise<void>) | null = null,
  details: JoinDetails = {},
): Promise<Joined> {
  // Returns the command's own promise: another one per newcomer would cost too much in a crowd.
  return presented
    ? keepOrTakePlace(gateway, room, presented, guards, details)
    : enter(gateway, room, guards, details);
}

async function keepOrTakePlace(
  gateway: Gateway,
  room: Room,
  presented: Ticket,
  guards: (() => Promise<void>) | null,
  details: JoinDetails,
): Promise<Joined> {
  return (await keepPlace(gateway, room, presented)) ?? enter(gateway, room, guards, details);
}

function enter(
  gateway: Gateway,
  room: Room,
  guards: (() => Promise<void>) | null,
  details: JoinDetails,
): Promise<Joined> {
  const code =
    details.code === undefined && !room.settings.invite_only ? null : checkCode(gateway, room, details.code);
  const isByAddress = code === null && room.settings.one_place_per === 'email';
  const address = isByAddress ? placeAddress(gateway, room, details.email) : null;
  const take = () =>
    code ? takePlaceByCode(gateway, room, code) : takePlace(gateway, room, address, details);
  return guards ? guards().then(take) : take();
}

async function keepPlace(gateway: Gateway, room: Room, ticket: Ticket): Promise<Joined | null> {
  try {
    const ticketStatus = await getTicketStatus(gateway, room, ticket);
    if (ticketStatus.state === 'completed') return null;
    return { isNew: false, ticket, secret: gateway.tickets.sign(ticket), ticketStatus };
  } catch (error) {
    if (error instanceof Problem && error.code === 'ticket_expired') return null;
    throw error;
  }
}

async function takePlace(
  gateway: Gateway,
  room: Room,
  address: string | null,
  details: JoinDetails,
): Promise<Joined> {
  if (room.settings.queueing_method === 'reject') throw new Problem('room_rejects');
  const id = randomId();
  const { commands, clock } = gateway;
  const place = address === null ? null : await commands.joinUniqueEmail(room, id, clock.now(), address);
  if (address !== null && place !== null && place.rival > 0)
    notifyMailbox(gateway, room, { address, rival: place.rival, ...details });
  const answer: JoinAnswer = place ?? (await commands.join(room, id, clock.now()));
  switch (answer.code) {
    case 0:
      throw gateway.rooms.reportMissing(room.id);
    case -1:
      throw notOpenYet(room);
    case -2:
      throw new Problem('room_closed');
    default:
      return joinedTicket(gateway, room, id, answer);
  }
}

type Given = Extract<JoinAnswer, { code: 1 }>;

function joinedTicket(gateway: Gateway, room: Room, id: string, given: Given, line?: 'priority'): Joined {
  gateway.meters.joined(room.id);
  const ticketStatus = waitingTicketStatus(room, given, line);
  const ticket: Ticket = {
    room: room.id,
    epoch: given.epoch,
    index: given.index,
    id,
    joinedAt: Math.round((room.snapshot?.at ?? gateway.clock.now()) / 1_000),
    estimatedSeconds: ticketStatus.eta_seconds ? middleOf(ticketStatus.eta_seconds) : 0,
  };
  if (line) ticket.line = line;
  return { isNew: true, ticket, secret: gateway.tickets.sign(ticket), ticketStatus };
}

function checkCode(gateway: Gateway, room: Room, text: string | undefined): Code | null {
  refuseUnlessJoinable(room);
  return requireCode(gateway, room, text);
}

async function takePlaceByCode(gateway: Gateway, room: Room, code: Code): Promise<Joined> {
  if (room.settings.queueing_method === 'reject') throw new Problem('room_rejects');
  const id = randomId();
  const line = lineOf(room, code);
  const answer = await gateway.commands.joinWithCode(room, line, code, id, gateway.clock.now());
  switch (answer.code) {
    case 0:
      throw gateway.rooms.reportMissing(room.id);
    case -1:
      throw notOpenYet(room);
    case -2:
      throw new Problem('room_closed');
    case 'used_up':
      throw new Problem('code_invalid', { detail: 'It has been used up.' });
    case 'over':
      throw new Problem('code_invalid', { detail: 'It has expired.' });
    default: {
      gateway.codeUses.note({ id: room.id, epoch: answer.epoch }, code.id, answer.uses);
      return joinedTicket(gateway, room, id, answer, line === 'priority' ? line : undefined);
    }
  }
}

/**
 * Refuses newcomers to a closed room before they solve a proof of work for nothing.
 * @throws Problem room_not_open, room_closed
 */
export function refuseUnlessJoinable(room: Room): void {
  if (room.state === 'scheduled') throw notOpenYet(room);
  if (room.state === 'closed' || room.state === 'draining') throw new Problem('room_closed');
}

function notOpenYet(room: Room): Problem {
  const opens = room.settings.lobby_opens_at ?? room.settings.opens_at;
  return new Problem('room_not_open', opens ? { detail: `It opens at ${opens}.` } : {});
}
