import type { ClaimAnswer, JoinAnswer, RoomStatus, TicketStatus } from '@shopfast/kit/contracts/api';
import { type Answer, ask } from '../api/ask.ts';
import type { ServerClock } from '../api/server-clock.ts';
import type { Challenge } from './proof.ts';

export type Given = {
  proof: string | null;
  email: string | null;
  code: string | null;
  ticket: string | null;
};

/** The page's calls for one room; the ticket is sent as an HttpOnly cookie. */
export type RoomCalls = {
  /**
   * @param given solved challenge and e-mail address, in rooms that require them; a code; a ticket to continue with
   */
  join(given: Given): Promise<Answer<JoinAnswer>>;
  challenge(): Promise<Answer<Challenge>>;
  /** @param ticket used instead of the cookie's */
  ask(ticket?: string): Promise<Answer<TicketStatus>>;
  claim(): Promise<Answer<ClaimAnswer>>;
  leave(): Promise<Answer<undefined>>;
  /** The room's shared status; cheap for the server. */
  status(): Promise<Answer<RoomStatus>>;
};

export function roomCalls(room: string, clock: ServerClock, locale: string): RoomCalls {
  const base = `/v1/rooms/${encodeURIComponent(room)}`;
  return {
    join: ({ ticket, ...said }) =>
      ask(clock, `${base}/tickets`, {
        method: 'POST',
        headers: bearer(ticket),
        body: { locale, ...withoutNull(said) },
      }),
    challenge: () => ask(clock, `${base}/challenge`),
    ask: (ticket) => ask(clock, `${base}/tickets/me`, { headers: bearer(ticket ?? null) }),
    claim: () => ask(clock, `${base}/tickets/me/claim`, { method: 'POST' }),
    leave: () => ask(clock, `${base}/tickets/me`, { method: 'DELETE' }),
    status: () => ask(clock, `${base}/status`),
  };
}

/** Leaves out values that nobody entered. */
const withoutNull = (said: Omit<Given, 'ticket'>) =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));

const bearer = (ticket: string | null): Record<string, string> =>
  ticket === null ? {} : { Authorization: `Bearer ${ticket}` };
