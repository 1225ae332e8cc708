import { Problem } from '@shopfast/kit/errors';
import { type ClaimReply, runClaim, type TokenOffer } from '../lua/claim.ts';
import type { Room } from '../rooms/room.ts';
import { bindingSecret } from '../tokens/binding.ts';
import { signReservation } from '../tokens/sign.ts';
import type { TicketDeps } from './deps.ts';
import { getTicketStatus } from './get-ticket-status.ts';
import { requirePlace } from './places.ts';
import type { Ticket } from './ticket.ts';

export type Claimed = { token: string; expiresAt: string; binding: string };

/**
 * Exchanges a called ticket for its reservation token. Repeating it returns the same token while it is unspent. Two
 * Redis calls and one signature the first time, one call later. One call more in rooms with one place per e-mail
 * address.
 * @throws Problem not_called, room_closed, ticket_expired, place_taken, unavailable
 */
export async function claim(deps: TicketDeps, room: Room, ticket: Ticket): Promise<Claimed> {
  await requirePlace(deps, room, ticket);
  const first = await claimOrRefuse(deps, room, ticket);
  if (first.outcome === 'may_claim') {
    const signed = await signReservation(deps, room, ticket, first);
    const answer = await claimOrRefuse(deps, room, ticket, signed);
    // Of two concurrent claims both are answered, and one is counted.
    if (answer.outcome === 'claimed' && answer.token === signed.token) {
      deps.meters.claimed(room.id);
      noteEta(deps, ticket, first.calledAtMs);
    }
    return toClaimed(deps, ticket, answer);
  }
  return toClaimed(deps, ticket, first);
}

type Permission = Extract<ClaimReply, { outcome: 'claimed' | 'may_claim' }>;

/** @param offer a signed token; absent: only asks whether the ticket may claim */
async function claimOrRefuse(
  deps: TicketDeps,
  room: Room,
  ticket: Ticket,
  offer?: TokenOffer,
): Promise<Permission> {
  const reply = await runClaim(deps.redis, ticket, offer);
  switch (reply.outcome) {
    case 'claimed':
    case 'may_claim':
      return reply;
    case 'room_unknown':
      throw deps.rooms.reportMissing(room.id);
    case 'room_closed':
      throw new Problem('room_closed');
    case 'spent':
      throw new Problem('not_called', { detail: 'This ticket has already bought.' });
    case 'not_called':
      // Still waiting (409), or ended (410), which the ticket status tells.
      await getTicketStatus(deps, room, ticket);
      throw new Problem('not_called');
  }
}

/** For a shorter wait, the ratio measures ticks and rounding more than the estimate. */
const MIN_ESTIMATED_SECONDS = 10;

function noteEta(deps: TicketDeps, ticket: Ticket, calledAtMs: number): void {
  if (ticket.estimatedSeconds < MIN_ESTIMATED_SECONDS) return;
  const waited = Math.max(0, calledAtMs / 1_000 - ticket.joinedAt);
  deps.meters.waited(ticket.room, waited / ticket.estimatedSeconds);
}

function toClaimed(deps: TicketDeps, ticket: Ticket, answer: Permission): Claimed {
  if (answer.outcome !== 'claimed') throw new Problem('unavailable');
  return {
    token: answer.token,
    expiresAt: new Date(answer.expiresMs).toISOString(),
    binding: bindingSecret(deps.config.bindingSecret, ticket),
  };
}
