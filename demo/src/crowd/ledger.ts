import type { BuyerLog } from '@shopfast/sandbox/checker/buyers';
import { type Answer, describe } from '@shopfast/sandbox/shopper/answers';
import type { AbuseKind } from './abuse-kinds.ts';

/** What the crowd saw from outside: nothing here comes from the system's own data. */
export class Ledger {
  joined = 0;
  leftEarly = 0;
  noShows = 0;
  toldSoldOut = 0;
  gaveUp = 0;
  claimed = 0;
  /** The most shoppers who were called or held an unspent token at one time, as the crowd knows. */
  peakActive = 0;
  #active = 0;
  ordersPlaced = 0;
  ordersRefusedSoldOut = 0;
  paid = 0;
  failed = 0;
  otherEnds = 0;
  /** Number and time of each call, in ms of the room's clock (`claim_by` minus the time to claim). */
  readonly calls: Array<{ number: number; at: number }> = [];
  /** The requests of admitted shoppers to the checkout, and the answers. */
  readonly buyers: BuyerLog[] = [];
  readonly abuse = new Map<AbuseKind, { tried: number; refused: number; wrong: string[] }>();
  readonly surprises: string[] = [];

  /** Records an attempt that has exactly one right answer. */
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

  /** The document of an answer that should succeed; otherwise null and a surprise. */
  expected<T>(what: string, answer: Answer<T>): T | null {
    if (answer.ok) return answer.document;
    this.surprise(`${what}: ${describe(answer)}`);
    return null;
  }

  surprise(what: string): void {
    if (this.surprises.length < 50) this.surprises.push(what);
  }
}
