import type { BuyerLog } from '@shopfast/sandbox/checker/buyers';
import type { AbuseKind } from './abuse.ts';

/** What the crowd met, told from outside: nothing here is read from the system's own books. */
export class Ledger {
  joined = 0;
  polls = 0;
  leftEarly = 0;
  noShows = 0;
  toldSoldOut = 0;
  gaveUp = 0;
  claimed = 0;
  /** The most shoppers that at one time were called or held an unspent token, as the crowd knows. */
  peakActive = 0;
  #active = 0;
  ordersPlaced = 0;
  ordersRefusedSoldOut = 0;
  paid = 0;
  failed = 0;
  otherEnds = 0;
  /** Number and time of each call; the time by the room's own clock (`claim_by` less the time to claim), in ms. */
  readonly calls: Array<{ number: number; at: number }> = [];
  /** What everybody who was admitted asked the checkout for, and was told. */
  readonly buyers: BuyerLog[] = [];
  readonly abuse = new Map<AbuseKind, { tried: number; refused: number; wrong: string[] }>();
  readonly surprises: string[] = [];

  /** Notes an attempt that must be answered in one way alone. */
  tried(kind: AbuseKind, asExpected: boolean, got: string): void {
    const entry = this.abuse.get(kind) ?? { tried: 0, refused: 0, wrong: [] };
    entry.tried += 1;
    if (asExpected) entry.refused += 1;
    else entry.wrong.push(got);
    this.abuse.set(kind, entry);
  }

  becomesActive(): void {
    this.#active += 1;
    this.peakActive = Math.max(this.peakActive, this.#active);
  }

  noLongerActive(): void {
    this.#active -= 1;
  }

  surprise(what: string): void {
    if (this.surprises.length < 50) this.surprises.push(what);
  }
}
