import { type Answer, describe } from '@shopfast/sandbox/shopper/answers';
import { createShopper, type Shopper } from '@shopfast/sandbox/shopper/shopper';
import { overFetch } from '@shopfast/sandbox/shopper/transport';
import { type Arrivals, nextArrival } from '../steps/arrivals.ts';
import { type Context, type Events, tallyOf } from '../steps/artillery.ts';

/** The variables of one bot. */
export type Bot = Arrivals & { target: string; room: string; product: string; until?: number };

export const ABUSE_KINDS = ['forged', 'replayed', 'flooding', 'slow'] as const;
export type AbuseKind = (typeof ABUSE_KINDS)[number];

export const botsTally = tallyOf('bots', [
  'came',
  'got_in',
  ...ABUSE_KINDS.flatMap((kind) => [`${kind}_tried`, `${kind}_refused`] as const),
]);

/** A bot and its records. `tried`: an attempt, and whether it got the expected refusal. */
export type BotRun = {
  bot: Bot;
  /** The bot's client address, for a gateway that trusts this machine. */
  address: string;
  tried(answer: Answer<unknown>, status: number, code: string): void;
};

const PATIENCE_MS = 30_000;

/** A client of the bot's room that sends from an address, in artillery's process but not by artillery. */
export const shopperAt = ({ target, room }: Bot, address: string): Shopper =>
  createShopper({
    room,
    send: overFetch(target, { patienceMs: PATIENCE_MS, headers: { 'x-forwarded-for': address } }),
  });

let bots = 0;

/** Arrives on time and tries one kind of abuse; the kinds take turns. @throws with the name of the problem */
export async function runBot(
  kinds: Record<AbuseKind, (run: BotRun) => Promise<void>>,
  { vars: bot }: Context<Bot>,
  events: Events,
): Promise<void> {
  botsTally.countFromZero(events);
  const place = await nextArrival(bot, events);
  botsTally.count(events, 'came');
  const kind = ABUSE_KINDS[bots % ABUSE_KINDS.length] ?? 'forged';
  bots += 1;
  const faults: string[] = [];
  await kinds[kind]({
    bot,
    address: addressOf(place),
    tried: (answer, status, code) => {
      botsTally.count(events, `${kind}_tried`);
      if (isIn(answer)) botsTally.count(events, 'got_in');
      if (!answer.ok && answer.status === status && answer.code === code)
        return botsTally.count(events, `${kind}_refused`);
      faults.push(answer.status === 0 ? 'no answer' : describe(answer));
    },
  });
  if (faults.length > 0) throw new Error(`${kind}: ${faults[0]}`);
}

/** Whether a server granted the request, with any document. */
export const isIn = ({ status }: Answer<unknown>): boolean => status >= 200 && status < 300;

/** A unique address for each bot, in a reserved range. */
export const addressOf = (place: number): string =>
  `198.${18 + ((place >> 16) & 1)}.${(place >> 8) & 255}.${place & 255}`;
