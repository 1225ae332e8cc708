import { type HotCall, type HotContext, hotCall, requestHeader } from '@shopfast/kit/hot-route';
import { acceptedLanguages } from '@shopfast/kit/i18n/accept-language';
import type { Gateway } from '../deps.ts';
import { observeAs } from '../meters.ts';
import type { Room } from '../rooms/room.ts';
import { visibleRoom } from '../rooms/visible.ts';
import type { Shedder } from '../shedding.ts';
import { storesAway } from '../stores-away.ts';
import { presentedTicket, requireTicket, ticketCookieFor } from './credentials.ts';
import { doorOf } from './door.ts';
import { readStanding } from './heartbeat.ts';
import { type Brought, join } from './join.ts';
import { type JoinRequest, readJoinBody } from './join-body.ts';
import type { Standing } from './standing.ts';
import type { Ticket } from './ticket.ts';

/** Joining and asking: what a whole crowd does, all the time. */
export function ticketCalls(gateway: Gateway, shedder: Shedder): { join: HotCall; ask: HotCall } {
  const { question } = gateway.limits;
  const hot = (route: string) => ({
    log: gateway.log,
    translate: storesAway,
    observe: observeAs(gateway.meters, route),
    isTrusted: gateway.limits.isTrusted,
  });

  const joinCall = hotCall(
    hot('join'),
    async (c, { proof, email, code, locale }: JoinRequest) => {
      const room = visibleRoom(gateway, c.req.param('room') ?? '', c);
      const ticket = presentedTicket(c, gateway, room)?.ticket ?? null;
      const flood = ticket && question(c, room, ticket);
      if (flood) await flood;
      const atDoor = doorOf(gateway, c, room, proof);
      const joined = await join(gateway, room, ticket, atDoor, brought(c, { email, code, locale }));
      const { isNew, ticket: own, secret, standing } = joined;
      const headers = jsonHeaders(standing);
      headers['Set-Cookie'] = ticketCookieFor(room, secret);
      const answer = { ticket: secret, ...standing, room: describe(room) };
      const body = JSON.stringify(
        room.lottery && !own.line ? { ...answer, lottery_receipt: receipt(room, own) } : answer,
      );
      return { status: isNew ? 201 : 200, body, headers };
    },
    () => shedder.enter('newcomer'),
    // Whoever has not said yet what they want does not count as under way.
    readJoinBody,
  );

  const askCall = hotCall(
    hot('ask'),
    async (c) => {
      const room = visibleRoom(gateway, c.req.param('room') ?? '', c);
      const { ticket } = requireTicket(c, gateway, room);
      const flood = question(c, room, ticket);
      if (flood) await flood;
      const standing = await readStanding(gateway, room, ticket);
      return { status: 200, body: JSON.stringify(standing), headers: jsonHeaders(standing) };
    },
    () => shedder.enter('waiter'),
  );
  return { join: joinCall, ask: askCall };
}

function jsonHeaders(standing: Standing): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'Retry-After': String(Math.ceil(standing.poll_after_ms / 1_000)),
  };
}

/** With it anybody can compute the number, once seed and size are known. */
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

/** The reader's languages are read only when a mail is due. */
function brought(c: HotContext, { email, code, locale }: JoinRequest): Brought {
  if (email === undefined) return { code };
  const languages = () => [
    ...(locale ? [locale] : []),
    ...acceptedLanguages(requestHeader(c, 'accept-language')),
  ];
  return { email, code, languages };
}
