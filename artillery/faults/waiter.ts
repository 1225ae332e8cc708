import { setTimeout as wait } from 'node:timers/promises';
import { pick } from './random.ts';

export type Call = { number: number; at: number };
export type Log = {
  /** Number of each ticket, by its secret. */
  numbers: Map<string, number>;
  /** First call of each ticket as its holder saw it; the time by Redis's clock, ms. */
  calls: Map<string, Call>;
  /** Token ids by ticket. */
  tokens: Map<string, Set<string>>;
  left: Set<string>;
  /** Tickets that claimed before their holders saw the call; the time of the call is unknown. */
  claimedUnseen: Set<string>;
  /** Violations. */
  breaches: string[];
};

export const newLog = (): Log => ({
  numbers: new Map(),
  calls: new Map(),
  tokens: new Map(),
  left: new Set(),
  claimedUnseen: new Set(),
  breaches: [],
});

export type Crowd = {
  room: string;
  urls(): string[];
  random: () => number;
  log: Log;
  claimSeconds: number;
  signal: AbortSignal;
};

/**
 * One holder of a ticket: joins and polls at any gateway, retries when one is unavailable, sometimes tries to claim out
 * of turn (which must fail), claims when called, or leaves.
 */
export async function beWaiter(crowd: Crowd, character: { leaves: boolean; claims: boolean }): Promise<void> {
  const ticket = await join(crowd);
  if (!ticket) return;
  let turns = 0;
  while (!crowd.signal.aborted) {
    const answer = await send(crowd, 'GET', '/tickets/me', ticket);
    if (answer?.status === 410) {
      if (!crowd.log.left.has(ticket))
        crowd.log.breaches.push(`number ${crowd.log.numbers.get(ticket)} was refused as ended`);
      return;
    }
    if (answer?.status === 200) {
      turns += 1;
      if (answer.body.state === 'called') return called(crowd, ticket, answer.body, character.claims);
      if (answer.body.state === 'admitted') {
        crowd.log.claimedUnseen.add(ticket);
        return;
      }
      if (character.leaves && turns > 2) return leave(crowd, ticket);
      if (crowd.random() < 0.1) await claimOutOfTurn(crowd, ticket);
    }
    const pause = answer?.status === 200 ? (answer.body.poll_after_ms as number) : 100 + crowd.random() * 100;
    await wait(pause, undefined, { signal: crowd.signal }).catch(() => undefined);
  }
}

async function join(crowd: Crowd): Promise<string | null> {
  while (!crowd.signal.aborted) {
    const answer = await send(crowd, 'POST', '/tickets');
    if (answer?.status === 201) {
      const ticket = answer.body.ticket as string;
      crowd.log.numbers.set(ticket, answer.body.number as number);
      return ticket;
    }
    await wait(100 + crowd.random() * 100, undefined, { signal: crowd.signal }).catch(() => undefined);
  }
  return null;
}

async function called(crowd: Crowd, ticket: string, body: Body, claims: boolean): Promise<void> {
  const at = Date.parse(body.claim_by as string) - crowd.claimSeconds * 1_000;
  crowd.log.calls.set(ticket, { number: body.number as number, at });
  if (body.number !== crowd.log.numbers.get(ticket))
    crowd.log.breaches.push(`number ${crowd.log.numbers.get(ticket)} became ${body.number}`);
  while (claims && !crowd.signal.aborted) {
    const answer = await send(crowd, 'POST', '/tickets/me/claim', ticket);
    if (answer?.status === 200) return noteToken(crowd, ticket, answer.body.reservation_token as string);
    if (answer?.status === 409 || answer?.status === 410) await send(crowd, 'GET', '/tickets/me', ticket);
    await wait(100 + crowd.random() * 100, undefined, { signal: crowd.signal }).catch(() => undefined);
  }
}

function noteToken(crowd: Crowd, ticket: string, token: string): void {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString()) as {
    jti: string;
  };
  const known = crowd.log.tokens.get(ticket) ?? new Set<string>();
  crowd.log.tokens.set(ticket, known.add(claims.jti));
  if (known.size > 1) crowd.log.breaches.push(`ticket ${crowd.log.numbers.get(ticket)} has two token ids`);
}

/** It may have been called since its last poll. Then this is no violation, and the next poll shows it. */
async function claimOutOfTurn(crowd: Crowd, ticket: string): Promise<void> {
  const answer = await send(crowd, 'POST', '/tickets/me/claim', ticket);
  if (answer?.status !== 200) return;
  noteToken(crowd, ticket, answer.body.reservation_token as string);
  const status = await send(crowd, 'GET', '/tickets/me', ticket);
  if (status?.status === 200 && status.body.state === 'waiting')
    crowd.log.breaches.push(`number ${crowd.log.numbers.get(ticket)} got a token without a call`);
}

async function leave(crowd: Crowd, ticket: string): Promise<void> {
  crowd.log.left.add(ticket);
  while (!crowd.signal.aborted) {
    const answer = await send(crowd, 'DELETE', '/tickets/me', ticket);
    if (answer && answer.status < 500) return;
    await wait(100, undefined, { signal: crowd.signal }).catch(() => undefined);
  }
}

type Body = Record<string, unknown>;

/** null: no answer (the gateway was killed). */
async function send(
  crowd: Crowd,
  method: string,
  path: string,
  ticket?: string,
): Promise<{ status: number; body: Body } | null> {
  try {
    const answer = await fetch(`${pick(crowd.random, crowd.urls())}/v1/rooms/${crowd.room}${path}`, {
      method,
      headers: ticket ? { authorization: `Bearer ${ticket}` } : {},
      signal: AbortSignal.any([crowd.signal, AbortSignal.timeout(5_000)]),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? (JSON.parse(text) as Body) : {} };
  } catch {
    return null;
  }
}
