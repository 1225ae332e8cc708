import type { ClaimAnswer, JoinAnswer, RoomStatus, TicketStatus } from '@shopfast/kit/contracts/api';
import { type Answer, ask } from '../api/ask.ts';
import type { ServerClock } from '../api/server-clock.ts';
import type { Challenge } from './proof.ts';

/** The calls of one room's API that the page makes; the ticket travels as an HttpOnly cookie. */
export type RoomCalls = {
  /** @param proof the solved challenge, in rooms that ask for one */
  join(proof: string | null): Promise<Answer<JoinAnswer>>;
  challenge(): Promise<Answer<Challenge>>;
  ask(): Promise<Answer<TicketStatus>>;
  claim(): Promise<Answer<ClaimAnswer>>;
  leave(): Promise<Answer<undefined>>;
  /** What is the same for everybody in the room; cheap to ask. */
  status(): Promise<Answer<RoomStatus>>;
};

export function roomCalls(room: string, clock: ServerClock, locale: string): RoomCalls {
  const base = `/v1/rooms/${encodeURIComponent(room)}`;
  return {
    join: (proof) =>
      ask(clock, `${base}/tickets`, {
        method: 'POST',
        body: proof === null ? { locale } : { locale, proof },
      }),
    challenge: () => ask(clock, `${base}/challenge`),
    ask: () => ask(clock, `${base}/tickets/me`),
    claim: () => ask(clock, `${base}/tickets/me/claim`, { method: 'POST' }),
    leave: () => ask(clock, `${base}/tickets/me`, { method: 'DELETE' }),
    status: () => ask(clock, `${base}/status`),
  };
}
