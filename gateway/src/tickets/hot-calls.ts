import { type HotCall, hotCall } from '@shopfast/kit/hot-route';
import type { Gateway } from '../deps.ts';
import { observeAs } from '../meters.ts';
import type { Room } from '../rooms/room.ts';
import { visibleRoom } from '../rooms/visible.ts';
import type { Shedder } from '../shedding.ts';
import { storesAway } from '../stores-away.ts';
import { presentedTicket, requireTicket, ticketCookieFor } from './credentials.ts';
import { doorOf } from './door.ts';
import { readStanding } from './heartbeat.ts';
import { join } from './join.ts';
import { readJoinBody } from './join-body.ts';
import type { Standing } from './standing.ts';
import type { Ticket } from './ticket.ts';

/** Joining and asking: what a whole crowd does, all the time. */
export function ticketCalls(gateway: Gateway, shedder: Shedder): { join: HotCall; ask: HotCall } {
  const { question } = gateway.limits;
  const hot = (route: string) => ({
    log: gateway.log,
    translate: storesAway,
    observe: observeAs(gateway.meters, route),
  });

  const joinCall = hotCall(
    hot('join'),
    async (c) => {
      const room = visibleRoom(gateway, c.req.param('room') ?? '', c);
      const said = readJoinBody(c);
      const { proof, email, code } = said instanceof Promise ? await said : said;
      const ticket = presentedTicket(c, gateway, room)?.ticket ?? null;
      const flood = ticket && question(c, room, ticket);
      if (flood) await flood;
      const atDoor = doorOf(gateway, c, room, proof);
      const joined = await join(gateway, room, ticket, atDoor, { email, code });
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
  return { room: room.id, epoch, index, commitment: room.lottery?.commitment };
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
