// The functions of `scenarios/bots.yml`: shoppers with separate addresses, and bots.
import { addressOf, type Bot, runBot } from './abuse/bot.ts';
import { flood } from './abuse/flood.ts';
import { forge } from './abuse/forge.ts';
import { catchSpent, replay } from './abuse/replay.ts';
import { sendSlowly } from './abuse/slow.ts';
import type { Context, Events, Next, Request, Response } from './steps/artillery.ts';
import { followed as followedByShopper } from './steps/follow.ts';
import { asAnApp as asAnyApp, type Shopper } from './steps/shopper.ts';

export * from './shopper.mts';

export const misbehave = (context: Context<Bot>, events: Events, next: Next): void => {
  const kinds = { forged: forge, replayed: replay, flooding: flood, slow: sendSlowly };
  runBot(kinds, context, events).then(() => next(), next);
};

/** Sends the address in a proxy's header, which a gateway reads if it trusts this machine. */
export function asAnApp(request: Request, context: Context<Shopper>, events: Events, next: Next): void {
  request.headers = { ...request.headers, 'x-forwarded-for': addressOf(context.vars.place ?? 0) };
  asAnyApp(request, context, events, next);
}

/** A final order has spent its reservation: from then on a bot may have recorded it. */
export function followed(
  request: unknown,
  response: Response,
  context: Context<Shopper>,
  events: Events,
  next: Next,
): void {
  followedByShopper(request, response, context, events, next);
  const { step, reservation, binding } = context.vars;
  if (step === 'done' && reservation && binding) catchSpent(reservation, binding);
}
