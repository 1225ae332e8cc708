import { joinRequest } from '@shopfast/kit/contracts/api';
import { withReservation } from '@shopfast/kit/contracts/token-fragment';
import { invalidRequest } from '@shopfast/kit/http';
import { readerLanguages } from '@shopfast/kit/i18n/reader-languages';
import { refuseOtherOrigins } from '@shopfast/kit/same-origin';
import { protectedRooms } from '../protect/config.ts';
import type { Room } from '../rooms/room.ts';
import { visibleRoom } from '../rooms/visible.ts';
import type { Shedder } from '../shedding.ts';
import { claim } from '../tickets/claim.ts';
import {
  clearPlaceCookies,
  presentedTicket,
  requireTicket,
  setClaimCookies,
  ticketCookieFor,
} from '../tickets/credentials.ts';
import { join } from '../tickets/join.ts';
import { joinGuards } from '../tickets/join-guards.ts';
import { leave } from '../tickets/leave.ts';
import type { NoJsPageDeps } from './deps.ts';
import { shopOf, type Visit } from './visit.ts';

/** Performs the action of one of the page's forms. @returns where the browser goes next */
export function createActions(deps: NoJsPageDeps, shedder: Shedder) {
  const isProtected = protectedRooms(deps.config.protect);

  async function joinLine({ c, links }: Visit, room: Room, typed: Typed): Promise<string> {
    const parsed = joinRequest.safeParse({ email: typed.email || undefined, code: typed.code || undefined });
    if (!parsed.success) throw invalidRequest(parsed.error.issues);
    const done = shedder.enter('newcomer');
    try {
      const ticket = presentedTicket(c, deps, room)?.ticket ?? null;
      const { email, code } = parsed.data;
      const details = { email, code, languages: () => readerLanguages(c) };
      const { secret } = await join(deps, room, ticket, joinGuards(deps, c, room, undefined), details);
      c.header('Set-Cookie', ticketCookieFor(room, secret), { append: true });
      return links.here;
    } finally {
      done();
    }
  }

  async function claimPlace({ c, back }: Visit, room: Room): Promise<string> {
    const { ticket } = requireTicket(c, deps, room);
    await deps.limits.statusRequest(c, room, ticket);
    // Checked before the claim, so that no token is issued that cannot be handed on.
    const shop = shopOf(deps, room, back);
    const claimed = await claim(deps, room, ticket);
    setClaimCookies(c, room, claimed, isProtected.has(room.id));
    return withReservation(shop, claimed.token);
  }

  async function leavePlace({ c, links }: Visit, room: Room): Promise<string> {
    const { ticket } = requireTicket(c, deps, room);
    await deps.limits.statusRequest(c, room, ticket);
    await leave(deps, room, ticket);
    clearPlaceCookies(c, room, isProtected.has(room.id));
    return links.here;
  }

  return async (visit: Visit): Promise<string> => {
    const { c } = visit;
    refuseOtherOrigins(c, new URL(deps.config.publicUrl).origin);
    const room = visibleRoom(deps, visit.room, c);
    const typed = await readForm(visit);
    if (typed.do === 'claim') return claimPlace(visit, room);
    if (typed.do === 'leave') return leavePlace(visit, room);
    return joinLine(visit, room, typed);
  };
}

/** The values of a form of the page. */
export type Typed = { do?: string; email?: string; code?: string };

/** Can be called several times: Hono caches the parsed form. */
export async function readForm({ c }: Visit): Promise<Typed> {
  const { do: does, email, code } = await c.req.parseBody();
  return { do: text(does), email: text(email), code: text(code) };
}

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
