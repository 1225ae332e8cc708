import { Problem } from '@shopfast/kit/errors';
import { roomKeys } from '../lua/keys.ts';
import type { Room } from '../rooms/room.ts';
import { bindingSecret } from '../tokens/binding.ts';
import { signReservation } from '../tokens/sign.ts';
import type { TicketDeps } from './deps.ts';
import { getTicketStatus } from './get-ticket-status.ts';
import { requirePlace } from './places.ts';
import { calledAs, type Ticket } from './ticket.ts';

export type Claimed = { token: string; expiresAt: string; binding: string };

/**
 * Exchanges a called ticket for its reservation token. Repeating it returns the same token while it is unspent. Two
 * Redis calls and one signature the first time, one call later. One call more in rooms with one place per e-mail
 * address.
 * @throws Problem not_called, room_closed, ticket_expired, place_taken, unavailable
 */
export async function claim(deps: TicketDeps, room: Room, ticket: Ticket): Promise<Claimed> {
  await requirePlace(deps, room, ticket);
  const first = await runClaim(deps, room, ticket, { token: '', jti: '', expiresMs: 0 });
  if (first.code === 2) {
    const signed = await signReservation(deps, room, ticket, first);
    const answer = await runClaim(deps, room, ticket, signed);
    // Of two concurrent claims both are answered, and one is counted.
    if (answer.code === 1 && answer.token === signed.token) {
      deps.meters.claimed(room.id);
      noteEta(deps, ticket, first.calledAtMs);
    }
    return toClaimed(deps, ticket, answer);
  }
  return toClaimed(deps, ticket, first);
}

type Offer = { token: string; jti: string; expiresMs: number };
type Answer =
  | { code: 1; token: string; expiresMs: number }
  | { code: 2; nowMs: number; number: number; calledAtMs: number };

async function runClaim(deps: TicketDeps, room: Room, ticket: Ticket, offer: Offer): Promise<Answer> {
  const keys = roomKeys(room.id);
  const [code, first, second, third] = await deps.redis.wrClaim(
    keys.room,
    keys.called,
    keys.active,
    keys.tokens,
    calledAs(ticket),
    ticket.epoch,
    offer.token,
    offer.jti,
    offer.expiresMs,
  );
  if (code === 1) return { code, token: first as string, expiresMs: second as number };
  if (code === 2)
    return { code, nowMs: first as number, number: second as number, calledAtMs: third as number };
  if (code === 0) throw deps.rooms.reportMissing(room.id);
  if (code === -3) throw new Problem('room_closed');
  if (code === -2) throw new Problem('not_called', { detail: 'This ticket has already bought.' });
  // Not called: still waiting (409), or ended (410), which the ticket status tells.
  await getTicketStatus(deps, room, ticket);
  throw new Problem('not_called');
}

/** For a shorter wait, the ratio measures ticks and rounding more than the estimate. */
const MIN_ESTIMATED_SECONDS = 10;

function noteEta(deps: TicketDeps, ticket: Ticket, calledAtMs: number): void {
  if (ticket.estimatedSeconds < MIN_ESTIMATED_SECONDS) return;
  const waited = Math.max(0, calledAtMs / 1_000 - ticket.joinedAt);
  deps.meters.waited(ticket.room, waited / ticket.estimatedSeconds);
}

function toClaimed(deps: TicketDeps, ticket: Ticket, answer: Answer): Claimed {
  if (answer.code !== 1) throw new Problem('unavailable');
  return {
    token: answer.token,
    expiresAt: new Date(answer.expiresMs).toISOString(),
    binding: bindingSecret(deps.config.bindingSecret, ticket),
  };
}
