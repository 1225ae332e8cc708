import { randomUUID } from 'node:crypto';
import type { Answer, BotRun } from './bot.ts';
import { send } from './send.ts';

/** Tries to buy with the given credentials. */
export function tryToOrder(
  { bot, address }: BotRun,
  bearer: string | undefined,
  binding: string = randomUUID(),
): Promise<Answer | null> {
  return send(bot, address, 'POST', '/v1/orders', {
    ...(bearer ? { bearer } : {}),
    headers: { 'x-binding': binding, 'idempotency-key': randomUUID() },
    body: {
      product_id: bot.product,
      quantity: 1,
      email: `bot-${randomUUID()}@shopfast.example`,
      payment_method: 'pm_card_visa',
    },
  });
}
