import { randomUUID } from 'node:crypto';
import type { OrderAnswer } from '@shopfast/kit/contracts/api';
import { jtiOf, newBuyerLog } from '@shopfast/sandbox/checker/buyers';
import { describe } from '@shopfast/sandbox/shopper/answers';
import { CARDS, oneOf, type Reservation, reservationOf } from '@shopfast/sandbox/shopper/calls';
import { pause } from '@shopfast/sandbox/shopper/pause';
import type { DemoOptions } from '../options.ts';
import { abuseFromInside, abuseFromOutside, isSoldOut, type OtherSale } from './abuse.ts';
import { INSIDE_ABUSE, type InsideAbuse, OUTSIDE_ABUSE, type OutsideAbuse } from './abuse-kinds.ts';
import type { Crowd } from './reserve.ts';

/** The behaviour of one shopper. */
type Character = {
  email: string;
  arrivesAfterMs: number;
  outside: OutsideAbuse | null;
  inside: InsideAbuse | null;
  /** Leaves the line after the first ticket status. */
  leaves: boolean;
  /** Does not claim when called. */
  noShow: boolean;
};

const ARRIVALS_PER_SECOND = 700;
const LEAST_RUSH_MS = 2_000;

/**
 * Sends all shoppers and waits until each has finished. One in twenty is abusive: half of those from inside, among the
 * first to arrive (only admitted shoppers can try it), the rest from outside.
 */
export async function sendCrowd(crowd: Crowd, other: OtherSale, options: DemoOptions): Promise<void> {
  await Promise.all(castCrowd(options).map((character) => live(crowd, other, character)));
}

export function castCrowd({ shoppers, units }: Pick<DemoOptions, 'shoppers' | 'units'>): Character[] {
  const run = randomUUID().slice(0, 8);
  const rushMs = Math.max(LEAST_RUSH_MS, (shoppers / ARRIVALS_PER_SECOND) * 1_000);
  const villains = Math.max(1, Math.floor(shoppers / 20));
  const insiders = Math.min(Math.ceil(villains / 2), Math.ceil(units / 4));
  const outsiders = villains - insiders;

  return Array.from({ length: shoppers }, (_, at) => {
    const inside = at % 4 === 1 && at < insiders * 4 ? INSIDE_ABUSE[((at - 1) / 4) % 4] : undefined;
    const back = shoppers - 1 - at;
    const outside =
      inside === undefined && back < outsiders ? OUTSIDE_ABUSE[back % OUTSIDE_ABUSE.length] : undefined;
    const honest = inside === undefined && outside === undefined;
    return {
      email: `shopper-${at + 1}.${run}@example.com`,
      arrivesAfterMs: (at / shoppers) * rushMs,
      inside: inside ?? null,
      outside: outside ?? null,
      leaves: honest && at % 25 === 24,
      noShow: honest && at % 40 === 10,
    };
  });
}

async function live(crowd: Crowd, other: OtherSale, character: Character): Promise<void> {
  const { shopper, ledger, sale, signal } = crowd;
  await pause(character.arrivesAfterMs, signal);
  if (signal.aborted) return;
  const place = ledger.expected('join', await shopper.join({}));
  if (!place) return;
  ledger.joined += 1;
  const { ticket, poll_after_ms: pollAfterMs } = place;

  if (character.outside) {
    await abuseFromOutside(crowd, other, character.outside, oneOf(sale.productId, character.email));
    return giveBack(crowd, ticket);
  }
  if (character.leaves) {
    await pause(pollAfterMs, signal);
    ledger.leftEarly += 1;
    return giveBack(crowd, ticket);
  }

  const turn = await shopper.waitForTurn(ticket, pollAfterMs, signal);
  if (turn.outcome === 'sold_out') ledger.toldSoldOut += 1;
  if (turn.outcome === 'stopped') ledger.gaveUp += 1;
  if (turn.outcome === 'ended') ledger.surprise(`poll: ${turn.why}`);
  if (turn.outcome !== 'called') return;
  ledger.calls.push({ number: turn.number, at: turn.claimBy - sale.claimSeconds * 1_000 });
  if (character.noShow) {
    ledger.noShows += 1;
    return;
  }
  ledger.becomesActive();
  const claimed = ledger.expected('claim', await shopper.claim(ticket));
  const placed = claimed && (await buy(crowd, reservationOf(claimed), character, ticket));
  ledger.noLongerActive();
  if (placed) await seeOrderEnd(crowd, placed);
}

async function giveBack({ shopper, ledger }: Crowd, ticket: string): Promise<void> {
  const answer = await shopper.leave(ticket);
  // A ticket whose call was missed meanwhile has ended already.
  if (!answer.ok && answer.status !== 410) ledger.surprise(`leave: ${describe(answer)}`);
}

/** @returns the accepted order, or null */
async function buy(
  crowd: Crowd,
  reservation: Reservation & { token: string },
  character: Character,
  ticket: string,
): Promise<OrderAnswer | null> {
  const { shopper, ledger, sale } = crowd;
  ledger.claimed += 1;
  // One payment in ten is declined, so that stock returns and is sold to a later shopper.
  const card = ledger.claimed % 10 === 5 ? 'declined' : 'good';
  const log = newBuyerLog(jtiOf(reservation.token), card);
  ledger.buyers.push(log);
  const order = oneOf(sale.productId, character.email, CARDS[card]);
  const answer = character.inside
    ? await abuseFromInside(crowd, character.inside, reservation, order)
    : await shopper.order(reservation, order);

  if (isSoldOut(answer)) {
    log.refused.push('sold_out');
    ledger.ordersRefusedSoldOut += 1;
    await giveBack(crowd, ticket);
    return null;
  }
  const placed = ledger.expected('order', answer);
  if (!placed) {
    log.unknown += 1;
    return null;
  }
  ledger.ordersPlaced += 1;
  log.accepted.push(placed.order.id);
  return placed;
}

async function seeOrderEnd({ shopper, ledger, signal }: Crowd, placed: OrderAnswer): Promise<void> {
  const end = await shopper.followOrder(placed, signal);
  if (end === 'paid') ledger.paid += 1;
  else if (end === 'payment_failed') ledger.failed += 1;
  else ledger.otherEnds += 1;
}
