import { pause } from '@shopfast/sandbox/shopper/pause';
import { createShopper, type Shopper } from '@shopfast/sandbox/shopper/shopper';
import { overFetch } from '@shopfast/sandbox/shopper/transport';

export type LineOptions = { origin: string; room: string; shoppers: number; signal: AbortSignal };

const AGAIN_MS = 5_000;

/**
 * Keeps simulated shoppers in a room, so that a visitor has a line in front. A called shopper leaves at once and joins
 * again at the end: they hold no slot and buy nothing.
 * @returns when all have left, after `signal`
 */
export async function keepLine({ origin, room, shoppers, signal }: LineOptions): Promise<void> {
  const shopper = createShopper({ room, send: overFetch(origin) });
  await Promise.all(Array.from({ length: shoppers }, () => stayInLine(shopper, signal)));
}

async function stayInLine(shopper: Shopper, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const turn = await waitOnce(shopper, signal);
    if (turn === 'sold_out') return;
    if (turn !== 'called') await pause(AGAIN_MS, signal);
  }
}

async function waitOnce(shopper: Shopper, signal: AbortSignal) {
  const joined = await shopper.join({});
  if (!joined.ok) return 'refused';
  const { ticket, poll_after_ms } = joined.document;
  const { outcome } = await shopper.waitForTurn(ticket, poll_after_ms, signal);
  await shopper.leave(ticket);
  return outcome;
}
