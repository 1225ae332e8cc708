import { jtiOf } from '@shopfast/sandbox/checker/buyers';
import { insist, pause } from '@shopfast/sandbox/shopper/pause';
import { callIn, createShopper, type Shopper, type TurnCalled } from '@shopfast/sandbox/shopper/shopper';
import { overFetch } from '@shopfast/sandbox/shopper/transport';
import { pick } from './random.ts';

export type Call = { number: number; at: number };
export type Log = {
  /** Number of each ticket, by its secret. */
  numbers: Map<string, number | null>;
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
  /** Of any gateway, another one for each request. */
  shopper: Shopper;
  random: () => number;
  log: Log;
  claimSeconds: number;
  signal: AbortSignal;
};

const PATIENCE_MS = 5_000;

/** @param urls the gateways of this moment */
export function newCrowd({
  room,
  urls,
  ...rest
}: Omit<Crowd, 'shopper' | 'log'> & { room: string; urls: () => string[] }): Crowd {
  const origin = () => pick(rest.random, urls());
  const send = overFetch(origin, { signal: rest.signal, patienceMs: PATIENCE_MS });
  return { ...rest, log: newLog(), shopper: createShopper({ room, send }) };
}

/**
 * One holder of a ticket: joins and polls at any gateway, retries when one is unavailable, sometimes tries to claim out
 * of turn (which must fail), claims when called, or leaves.
 */
export async function beWaiter(crowd: Crowd, character: { leaves: boolean; claims: boolean }): Promise<void> {
  const { shopper, log, random, signal } = crowd;
  const joined = await insist(() => shopper.join(), { signal, everyMs: shortly(crowd) });
  if (!joined) return;
  const { ticket } = joined;
  log.numbers.set(ticket, joined.number);
  for (let turns = 0; !signal.aborted; ) {
    const answer = await shopper.status(ticket);
    if (answer.status === 410) {
      if (!log.left.has(ticket)) log.breaches.push(`number ${log.numbers.get(ticket)} was refused as ended`);
      return;
    }
    if (!answer.ok) {
      await pause(shortly(crowd)(), signal);
      continue;
    }
    turns += 1;
    const status = answer.document;
    const called = callIn(status);
    if (called) return answerCall(crowd, ticket, called, character.claims);
    if (status.state === 'admitted') {
      log.claimedUnseen.add(ticket);
      return;
    }
    if (character.leaves && turns > 2) return leave(crowd, ticket);
    if (random() < 0.1) await claimOutOfTurn(crowd, ticket);
    await pause(status.poll_after_ms, signal);
  }
}

const shortly =
  ({ random }: Crowd) =>
  () =>
    100 + random() * 100;

async function answerCall(crowd: Crowd, ticket: string, call: TurnCalled, claims: boolean): Promise<void> {
  const { shopper, log, signal } = crowd;
  const { number, claimBy } = call;
  log.calls.set(ticket, { number, at: claimBy - crowd.claimSeconds * 1_000 });
  if (number !== log.numbers.get(ticket))
    log.breaches.push(`number ${log.numbers.get(ticket)} became ${number}`);
  while (claims && !signal.aborted) {
    const answer = await shopper.claim(ticket);
    if (answer.ok) return noteToken(crowd, ticket, answer.document.reservation_token);
    if (answer.status === 409 || answer.status === 410) await shopper.status(ticket);
    await pause(shortly(crowd)(), signal);
  }
}

function noteToken({ log }: Crowd, ticket: string, token: string): void {
  const known = log.tokens.get(ticket) ?? new Set<string>();
  log.tokens.set(ticket, known.add(jtiOf(token)));
  if (known.size > 1) log.breaches.push(`ticket ${log.numbers.get(ticket)} has two token ids`);
}

/** It may have been called since its last poll. Then this is no violation, and the next poll shows it. */
async function claimOutOfTurn(crowd: Crowd, ticket: string): Promise<void> {
  const { shopper, log } = crowd;
  const claimed = await shopper.claim(ticket);
  if (!claimed.ok) return;
  noteToken(crowd, ticket, claimed.document.reservation_token);
  const status = await shopper.status(ticket);
  if (status.ok && status.document.state === 'waiting')
    log.breaches.push(`number ${log.numbers.get(ticket)} got a token without a call`);
}

async function leave({ shopper, log, signal }: Crowd, ticket: string): Promise<void> {
  log.left.add(ticket);
  while (!signal.aborted) {
    const { status } = await shopper.leave(ticket);
    if (status > 0 && status < 500) return;
    await pause(100, signal);
  }
}
