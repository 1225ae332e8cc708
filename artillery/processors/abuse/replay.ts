import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { BotRun } from './bot.ts';
import { encode } from './forge.ts';
import { tryToOrder } from './order.ts';

/** Spent reservations of shoppers, as an eavesdropper could have recorded them. */
const spent: Array<{ token: string; binding: string }> = [];
const KEPT = 1_000;

export function catchSpent(token: string, binding: string): void {
  if (spent.length < KEPT) spent.push({ token, binding });
}

let taken = 0;

/**
 * Waits for a spent reservation and tries to buy with it again: unchanged, from another browser, with a longer life.
 */
export async function replay(run: BotRun): Promise<void> {
  const until = run.bot.until ?? Date.now() + 60_000;
  while (spent.length === 0 && Date.now() < until) await wait(100);
  const caught = spent[taken % Math.max(1, spent.length)];
  taken += 1;
  if (!caught) return;
  const { token, binding } = caught;
  const again = await Promise.all([1, 2, 3].map(() => tryToOrder(run, token, binding)));
  for (const answer of again) run.tried(answer, 409, 'token_spent');
  run.tried(await tryToOrder(run, token), 403, 'token_not_bound');
  run.tried(await tryToOrder(run, asNew(token), binding), 401, 'token_invalid');
}

const withEnd = z.looseObject({ exp: z.number() });

/** The same token with another id and a later end, with the old signature. */
function asNew(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = withEnd.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  return [header, encode({ ...claims, jti: `${Date.now()}`, exp: claims.exp + 600 }), signature].join('.');
}
