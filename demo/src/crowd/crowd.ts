import { randomUUID } from 'node:crypto';
import { jtiOf, newBuyerLog } from '@shopfast/sandbox/checker/buyers';
import type { DemoOptions } from '../options.ts';
import { abuseFromInside, abuseFromOutside, isSoldOut, type OtherSale, orderId } from './abuse.ts';
import { INSIDE_ABUSE, type InsideAbuse, OUTSIDE_ABUSE, type OutsideAbuse } from './abuse-kinds.ts';
import type { Answer } from './browser.ts';
import {
  type Crowd,
  claim,
  describe,
  followOrder,
  join,
  type Reservation,
  sendOrder,
  waitForTurn,
} from './shopper.ts';
import { sleep } from './sleep.ts';

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
  const { ledger, sale, signal } = crowd;
  await sleep(character.arrivesAfterMs, signal);
  if (signal.aborted) return;
  const place = await join(crowd, sale.room);
  if (!place) return;
  ledger.joined += 1;

  if (character.outside) {
    const form = { email: character.email, card: GOOD_CARD };
    await abuseFromOutside(crowd, other, character.outside, form);
    return giveBack(crowd, place.ticket);
  }
  if (character.leaves) {
    await sleep(place.pollAfterMs, signal);
    ledger.leftEarly += 1;
    return giveBack(crowd, place.ticket);
  }

  const turn = await waitForTurn(crowd, sale.room, place.ticket, place.pollAfterMs);
  if (turn.outcome === 'sold_out') ledger.toldSoldOut += 1;
  if (turn.outcome === 'stopped') ledger.gaveUp += 1;
  if (turn.outcome !== 'called') return;
  ledger.calls.push({ number: turn.number, at: turn.claimBy - sale.claimSeconds * 1_000 });
  if (character.noShow) {
    ledger.noShows += 1;
    return;
  }
  ledger.becomesActive();
  const reservation = await claim(crowd, sale.room, place.ticket);
  const placed = reservation && (await buy(crowd, reservation, character, place.ticket));
  ledger.noLongerActive();
  if (placed) await seeOrderEnd(crowd, placed);
}

async function giveBack(crowd: Crowd, ticket: string): Promise<void> {
  const answer = await crowd.network.send(`/v1/rooms/${crowd.sale.room}/tickets/me`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${ticket}` },
  });
  // A ticket whose call was missed meanwhile has ended already.
  if (answer.status !== 204 && answer.status !== 410) crowd.ledger.surprise(`leave: ${describe(answer)}`);
}

const GOOD_CARD = 'pm_card_visa';
const DECLINED_CARD = 'pm_card_visa_chargeDeclined';

/** @returns the answer to the accepted order, or null */
async function buy(
  crowd: Crowd,
  reservation: Reservation,
  character: Character,
  ticket: string,
): Promise<Answer | null> {
  const { ledger } = crowd;
  ledger.claimed += 1;
  // One payment in ten is declined, so that stock returns and is sold to a later shopper.
  const declined = ledger.claimed % 10 === 5;
  const card = declined ? DECLINED_CARD : GOOD_CARD;
  const log = newBuyerLog(jtiOf(reservation.token), declined ? 'declined' : 'good');
  ledger.buyers.push(log);
  const form = { email: character.email, card };
  const placed = character.inside
    ? await abuseFromInside(crowd, character.inside, reservation, form)
    : await sendOrder(crowd, reservation, form);

  if (isSoldOut(placed)) {
    log.refused.push('sold_out');
    ledger.ordersRefusedSoldOut += 1;
    await giveBack(crowd, ticket);
    return null;
  }
  if (placed.status !== 202) {
    log.unknown += 1;
    ledger.surprise(`order: ${describe(placed)}`);
    return null;
  }
  ledger.ordersPlaced += 1;
  log.accepted.push(orderId(placed) as string);
  return placed;
}

async function seeOrderEnd(crowd: Crowd, placed: Answer): Promise<void> {
  const { ledger } = crowd;
  const end = await followOrder(crowd, placed);
  if (end === 'paid') ledger.paid += 1;
  else if (end === 'payment_failed') ledger.failed += 1;
  else ledger.otherEnds += 1;
}
