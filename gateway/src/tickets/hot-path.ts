import type { JoinRequest } from '@shopfast/kit/contracts/api';
import {
  type HotPathContext,
  type HotPathHandler,
  hotPathHandler,
  requestHeader,
} from '@shopfast/kit/hot-path';
import { acceptedLanguages } from '@shopfast/kit/i18n/accept-language';
import { observeAs } from '../meters.ts';
import type { Room } from '../rooms/room.ts';
import { visibleRoom } from '../rooms/visible.ts';
import type { Shedder } from '../shedding.ts';
import { storesUnavailable } from '../stores-unavailable.ts';
import { presentedTicket, requireTicket, ticketCookieFor } from './credentials.ts';
import type { TicketDeps } from './deps.ts';
import { getTicketStatus } from './get-ticket-status.ts';
import { type JoinDetails, join } from './join.ts';
import { readJoinBody } from './join-body.ts';
import { joinGuards } from './join-guards.ts';
import type { Ticket } from './ticket.ts';
import type { TicketStatus } from './ticket-status.ts';

/** Handlers of join and ticket status: what a whole crowd calls all the time. */
export function ticketHandlers(
  deps: TicketDeps,
  shedder: Shedder,
): { join: HotPathHandler; getTicketStatus: HotPathHandler } {
  const { statusRequest } = deps.limits;
  const hot = (route: string) => ({
    log: deps.log,
    translate: storesUnavailable,
    observe: observeAs(deps.meters, route),
    isTrusted: deps.limits.isTrusted,
  });

  const joinCall = hotPathHandler(
    hot('join'),
    async (c, { proof, email, code, locale }: JoinRequest) => {
      const room = visibleRoom(deps, c.req.param('room') ?? '', c);
      const ticket = presentedTicket(c, deps, room)?.ticket ?? null;
      const flood = ticket && statusRequest(c, room, ticket);
      if (flood) await flood;
      const guards = joinGuards(deps, c, room, proof);
      const joined = await join(deps, room, ticket, guards, joinDetails(c, { email, code, locale }));
      const { isNew, ticket: own, secret, ticketStatus } = joined;
      const headers = jsonHeaders(ticketStatus);
      headers['Set-Cookie'] = ticketCookieFor(room, secret);
      const answer = { ticket: secret, ...ticketStatus, room: describe(room) };
      const body = JSON.stringify(
        room.lottery && !own.line ? { ...answer, lottery_receipt: receipt(room, own) } : answer,
      );
      return { status: isNew ? 201 : 200, body, headers };
    },
    () => shedder.enter('newcomer'),
    // A request whose body is incomplete does not count as in flight.
    readJoinBody,
  );

  const ticketStatusHandler = hotPathHandler(
    hot('get_ticket_status'),
    async (c) => {
      const room = visibleRoom(deps, c.req.param('room') ?? '', c);
      const { ticket } = requireTicket(c, deps, room);
      const flood = statusRequest(c, room, ticket);
      if (flood) await flood;
      const ticketStatus = await getTicketStatus(deps, room, ticket);
      return { status: 200, body: JSON.stringify(ticketStatus), headers: jsonHeaders(ticketStatus) };
    },
    () => shedder.enter('waiter'),
  );
  return { join: joinCall, getTicketStatus: ticketStatusHandler };
}

function jsonHeaders(ticketStatus: TicketStatus): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'Retry-After': String(Math.ceil(ticketStatus.poll_after_ms / 1_000)),
  };
}

/** The data to compute the number, once seed and size are published. */
function receipt(room: Room, { epoch, index }: Ticket) {
  return {
    room: room.id,
    epoch,
    index,
    commitment: room.lottery?.commitment,
    version: room.lottery?.version,
  };
}

function describe(room: Room) {
  return {
    id: room.id,
    name: room.settings.name,
    state: room.shownState,
    opens_at: room.settings.opens_at,
    admissions_per_minute: room.settings.admissions_per_minute,
  };
}

/** The reader's languages are read only when a mail must be sent. */
function joinDetails(c: HotPathContext, { email, code, locale }: JoinRequest): JoinDetails {
  if (email === undefined) return { code };
  const languages = () => [
    ...(locale ? [locale] : []),
    ...acceptedLanguages(requestHeader(c, 'accept-language')),
  ];
  return { email, code, languages };
}
