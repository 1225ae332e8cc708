import { Network } from '../crowd/browser.ts';
import { Ledger } from '../crowd/ledger.ts';
import { join, waitForTurn } from '../crowd/shopper.ts';
import { sleep } from '../crowd/sleep.ts';

export type LineOptions = { origin: string; room: string; shoppers: number; signal: AbortSignal };

const AGAIN_MS = 5_000;

/**
 * Keeps simulated shoppers in a room, so that a visitor has a line in front. A called shopper leaves at once and joins
 * again at the end: they hold no slot and buy nothing.
 * @returns when all have left, after `signal`
 */
export async function keepLine({ origin, room, shoppers, signal }: LineOptions): Promise<void> {
  await Promise.all(Array.from({ length: shoppers }, () => stayInLine(origin, room, signal)));
}

async function stayInLine(origin: string, room: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    // New for each round, so that a line that runs for days uses no more memory.
    const network = new Network(origin);
    try {
      const turn = await waitOnce(network, room, signal);
      if (turn === 'sold_out') return;
      if (turn !== 'called') await sleep(AGAIN_MS, signal);
    } finally {
      await network.close();
    }
  }
}

async function waitOnce(network: Network, room: string, signal: AbortSignal) {
  const sale = { room, productId: '', claimSeconds: 0 };
  const crowd = { network, ledger: new Ledger(), sale, signal };
  const place = await join(crowd, room);
  if (!place) return 'refused';
  const { outcome } = await waitForTurn(crowd, room, place.ticket, place.pollAfterMs);
  const headers = { authorization: `Bearer ${place.ticket}` };
  await network.send(`/v1/rooms/${room}/tickets/me`, { method: 'DELETE', headers });
  return outcome;
}
