import { randomUUID } from 'node:crypto';
import { Problem } from '@shopfast/kit/errors';
import { decodeJwt } from 'jose';
import { newCodeId } from '../codes/code.ts';
import { claim } from '../tickets/claim.ts';
import { getTicketStatus } from '../tickets/get-ticket-status.ts';
import { join } from '../tickets/join.ts';
import { leave } from '../tickets/leave.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { releaseSlot } from '../tokens/release.ts';
import type { RehearsalDeps } from './deps.ts';

/** A simulated shopper: joins, polls as asked, claims (or misses the call), buys (or does not), or leaves the line. */
type SimulatedShopper = {
  phase: 'coming' | 'waiting' | 'buying';
  dueAt: number;
  ticket?: Ticket;
  jti?: string;
};

/** Realistic shares: a few leave at each poll, some miss their call, some do not buy. */
const GIVES_UP = 0.01;
const MISSES_CALL = 0.1;
const WALKS_OFF = 0.15;
const LONGEST_PAUSE_MS = 10_000;

export type Crowd = {
  /** Runs the shoppers whose time has come, at most `limit` of them at once. */
  act(limit: number): Promise<void>;
  /** Gives back the places of at most `limit` remaining shoppers. @returns how many are left */
  sendHome(limit: number): Promise<number>;
  readonly size: number;
};

/** A synthetic crowd for a rehearsal room. It uses the same functions as shoppers' requests. */
export function createCrowd(
  deps: RehearsalDeps,
  roomId: string,
  options: { shoppers: number; arriveWithinMs: number; random?: () => number },
): Crowd {
  const random = options.random ?? Math.random;
  const startedAt = deps.clock.now();
  const shoppers = new Set<SimulatedShopper>();
  // Not needed, and not counted, in a room that is open to all.
  const invitation = deps.codes.sign({
    room: roomId,
    epoch: deps.rooms.get(roomId).epoch,
    kind: 'invite',
    id: newCodeId(),
    uses: options.shoppers,
    endsMs: null,
  });
  for (let i = 0; i < options.shoppers; i += 1)
    // Squared, because most people join at the start.
    shoppers.add({ phase: 'coming', dueAt: startedAt + random() ** 2 * options.arriveWithinMs });

  async function step(shopper: SimulatedShopper): Promise<void> {
    const room = deps.rooms.get(roomId);
    if (shopper.phase === 'coming') {
      const joined = await join(deps, room, null, null, {
        email: `${randomUUID()}@rehearsal.invalid`,
        code: invitation,
      });
      const ticket = deps.tickets.verify(joined.secret);
      if (!ticket) throw new Error('a new ticket could not be verified');
      shopper.ticket = ticket;
      shopper.phase = 'waiting';
      wait(shopper, joined.ticketStatus.poll_after_ms);
      return;
    }
    const { ticket } = shopper;
    if (!ticket) throw new Error('a shopper without a ticket is still coming');
    if (shopper.phase === 'buying') {
      shoppers.delete(shopper);
      if (random() < WALKS_OFF) await leave(deps, room, ticket);
      else if (shopper.jti) await releaseSlot(deps, roomId, shopper.jti, 'completed');
      return;
    }
    const ticketStatus = await getTicketStatus(deps, room, ticket);
    if (ticketStatus.state === 'called') return answerCall(shopper, ticket);
    if (random() < GIVES_UP) {
      shoppers.delete(shopper);
      return leave(deps, room, ticket);
    }
    wait(shopper, ticketStatus.poll_after_ms);
  }

  async function answerCall(shopper: SimulatedShopper, ticket: Ticket): Promise<void> {
    if (random() < MISSES_CALL) return void shoppers.delete(shopper);
    const { token } = await claim(deps, deps.rooms.get(roomId), ticket);
    const { jti } = decodeJwt(token);
    if (jti === undefined) throw new Error('a reservation token has a jti');
    shopper.jti = jti;
    shopper.phase = 'buying';
    wait(shopper, 1_000 + random() * 4_000);
  }

  function wait(shopper: SimulatedShopper, ms: number): void {
    shopper.dueAt = deps.clock.now() + Math.min(ms, LONGEST_PAUSE_MS);
  }

  /**
   * A shopper whose ticket has ended, or who finds the room closed, is gone. When Redis is unavailable they try again,
   * as people do.
   */
  async function attempt(shopper: SimulatedShopper, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (error instanceof Problem && error.status < 500) shoppers.delete(shopper);
      else wait(shopper, 2_000);
    }
  }

  return {
    act: async (limit) => {
      const now = deps.clock.now();
      const due: SimulatedShopper[] = [];
      for (const shopper of shoppers) {
        if (shopper.dueAt <= now) due.push(shopper);
        if (due.length >= limit) break;
      }
      await Promise.all(due.map((shopper) => attempt(shopper, () => step(shopper))));
    },
    sendHome: async (limit) => {
      const next = [...shoppers].slice(0, limit);
      for (const shopper of next) shoppers.delete(shopper);
      const leaving = next.flatMap(({ ticket }) => (ticket ? [ticket] : []));
      await Promise.allSettled(leaving.map((ticket) => leave(deps, deps.rooms.get(roomId), ticket)));
      return shoppers.size;
    },
    get size() {
      return shoppers.size;
    },
  };
}
