import { randomUUID } from 'node:crypto';
import type { OrderAnswer } from '@shopfast/kit/contracts/api';
import type { Answer } from '@shopfast/sandbox/shopper/answers';
import { oneOf } from '@shopfast/sandbox/shopper/calls';
import { type BotRun, shopperAt } from './bot.ts';

/** Tries to buy with the given credentials. */
export const tryToOrder = (
  { bot, address }: BotRun,
  token: string | undefined,
  binding: string = randomUUID(),
): Promise<Answer<OrderAnswer>> =>
  shopperAt(bot, address).order(
    { token, binding },
    oneOf(bot.product, `bot-${randomUUID()}@shopfast.example`),
  );
