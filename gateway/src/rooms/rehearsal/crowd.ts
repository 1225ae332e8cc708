import { randomUUID } from 'node:crypto';
import { Problem } from '@shopfast/kit/errors';
import { decodeJwt } from 'jose';
import { releaseSlot } from '../../admission/release.ts';
import { newCodeId } from '../../codes/code.ts';
import type { Gateway } from '../../deps.ts';
import { claim } from '../../tickets/claim.ts';
import { readStanding } from '../../tickets/heartbeat.ts';
import { join } from '../../tickets/join.ts';
import { leave } from '../../tickets/leave.ts';
import type { Ticket } from '../../tickets/ticket.ts';

/** A shopper that is none: comes, asks as told, claims (or lets the call pass), buys (or walks off), or leaves the line. */
type Extra = { phase: 'coming' | 'waiting' | 'buying'; dueAt: number; ticket?: Ticket; jti?: string };

/** Shares of a sale as it is: a few give up at each question, some miss their call, some do not buy. */
const GIVES_UP = 0.01;
const MISSES_CALL = 0.1;
const WALKS_OFF = 0.15;
const LONGEST_PAUSE_MS = 10_000;

export type Crowd = {
  /** Lets those act whose time has come, at most `limit` of them at once. */
  act(limit: number): Promise<void>;
  /** Gives back the places of at most `limit` who are still there. @returns how many are left */
  sendHome(limit: number): Promise<number>;
  readonly size: number;
};

/** A synthetic crowd for a rehearsal room: the same verbs that shoppers' requests call. */
export function createCrowd(
  gateway: Gateway,
  roomId: string,
  options: { shoppers: number; arriveWithinMs: number; random?: () => number },
): Crowd {
  const random = options.random ?? Math.random;
  const startedAt = gateway.clock.now();
  const extras = new Set<Extra>();
  // Opens nothing, and is not counted, where the room is open to all.
  const invitation = gateway.codes.sign({
    room: roomId,
    epoch: gateway.rooms.get(roomId).epoch,
    kind: 'invite',
    id: newCodeId(),
    uses: options.shoppers,
    endsMs: null,
  });
  for (let i = 0; i < options.shoppers; i += 1)
    // Squared: most come at the start, as they do.
    extras.add({ phase: 'coming', dueAt: startedAt + random() ** 2 * options.arriveWithinMs });

  async function step(extra: Extra): Promise<void> {
    const room = gateway.rooms.get(roomId);
    if (extra.phase === 'coming') {
      const joined = await join(gateway, room, null, null, {
        email: `${randomUUID()}@rehearsal.invalid`,
        code: invitation,
      });
      const ticket = gateway.tickets.verify(joined.secret);
      if (!ticket) throw new Error('our own ticket was not ours');
      extra.ticket = ticket;
      extra.phase = 'waiting';
      wait(extra, joined.standing.poll_after_ms);
      return;
    }
    const ticket = extra.ticket as Ticket;
    if (extra.phase === 'buying') {
      extras.delete(extra);
      if (random() < WALKS_OFF) await leave(gateway, room, ticket);
      else await releaseSlot(gateway, roomId, extra.jti as string, 'completed');
      return;
    }
    const standing = await readStanding(gateway, room, ticket);
    if (standing.state === 'called') return answerCall(extra, ticket);
    if (random() < GIVES_UP) {
      extras.delete(extra);
      return leave(gateway, room, ticket);
    }
    wait(extra, standing.poll_after_ms);
  }

  async function answerCall(extra: Extra, ticket: Ticket): Promise<void> {
    if (random() < MISSES_CALL) return void extras.delete(extra);
    const { token } = await claim(gateway, gateway.rooms.get(roomId), ticket);
    extra.jti = decodeJwt(token).jti as string;
    extra.phase = 'buying';
    wait(extra, 1_000 + random() * 4_000);
  }

  function wait(extra: Extra, ms: number): void {
    extra.dueAt = gateway.clock.now() + Math.min(ms, LONGEST_PAUSE_MS);
  }

  /** Whose ticket has ended, or who finds the room shut, has gone. Redis away: they try again, as people do. */
  async function attempt(extra: Extra, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (error instanceof Problem && error.status < 500) extras.delete(extra);
      else wait(extra, 2_000);
    }
  }

  return {
    act: async (limit) => {
      const now = gateway.clock.now();
      const due: Extra[] = [];
      for (const extra of extras) {
        if (extra.dueAt <= now) due.push(extra);
        if (due.length >= limit) break;
      }
      await Promise.all(due.map((extra) => attempt(extra, () => step(extra))));
    },
    sendHome: async (limit) => {
      const next = [...extras].slice(0, limit);
      for (const extra of next) extras.delete(extra);
      const leaving = next.flatMap(({ ticket }) => (ticket ? [ticket] : []));
      await Promise.allSettled(leaving.map((ticket) => leave(gateway, gateway.rooms.get(roomId), ticket)));
      return extras.size;
    },
    get size() {
      return extras.size;
    },
  };
}
