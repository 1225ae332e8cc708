import { type Reservation, reservationOf } from '@shopfast/sandbox/shopper/calls';
import type { Shopper } from '@shopfast/sandbox/shopper/shopper';
import type { Ledger } from './ledger.ts';
import type { Network } from './network.ts';

export type Sale = { room: string; productId: string; claimSeconds: number };

/** `shopper`: the client of the sale's room, for the whole crowd. */
export type Crowd = { shopper: Shopper; network: Network; ledger: Ledger; sale: Sale; signal: AbortSignal };

/** Joins, waits for the call and claims. @returns null, and a surprise in the ledger, if that is refused */
export async function reserve(
  { ledger, signal }: Pick<Crowd, 'ledger' | 'signal'>,
  shopper: Shopper,
): Promise<(Reservation & { token: string }) | null> {
  const place = ledger.expected('join', await shopper.join({}));
  if (!place) return null;
  const turn = await shopper.waitForTurn(place.ticket, place.poll_after_ms, signal);
  if (turn.outcome === 'ended') ledger.surprise(`poll: ${turn.why}`);
  if (turn.outcome !== 'called') return null;
  const claimed = ledger.expected('claim', await shopper.claim(place.ticket));
  return claimed && reservationOf(claimed);
}
