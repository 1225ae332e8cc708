import { storePaymentEvent } from '@shopfast/db/payment-events';
import { storable } from '@shopfast/kit/contracts/text';
import { Problem } from '@shopfast/kit/errors';
import Stripe from 'stripe';
import { z } from 'zod';
import type { Checkout } from '../deps.ts';

const TOLERANCE_SECONDS = 300;

/**
 * Receives an event of the payment provider. Checks its signature over the raw body, then stores the event once
 * together with its job. The workers interpret the event.
 * @throws Problem `signature_invalid`, `malformed_request` for a signed body that is no event, `overloaded`,
 *   `unavailable`; after these the provider sends it again
 */
export async function receivePaymentEvent(
  { sql, clock, config, database }: Checkout,
  message: { body: string; signature: string | undefined },
): Promise<void> {
  await Stripe.webhooks
    .constructEventAsync(
      message.body,
      message.signature ?? '',
      config.webhookSecret,
      TOLERANCE_SECONDS,
      undefined,
      clock.now(),
    )
    .catch((cause: unknown) => {
      throw new Problem('signature_invalid', { cause });
    });
  const event = readPaymentEvent(message.body);
  await database.run(() =>
    storePaymentEvent(sql, {
      id: event.id,
      type: event.type,
      payload: event,
      receivedAt: new Date(clock.now()),
    }),
  );
}

/** Much deeper than any provider's event, and well within what `jsonb` can parse. */
const MOST_LEVELS = 64;

/** Text that Postgres can store and index. */
const name = z
  .string()
  .min(1)
  .max(255)
  .refine((text) => text.isWellFormed() && !text.includes('\0'));
const event = z.looseObject({ id: name, type: name });

/**
 * Reads the body of a webhook after its signature was checked. `jsonb` refuses NUL and lone surrogates, so they become
 * U+FFFD: the provider would send a refused event again for days.
 * @throws Problem `malformed_request` if the body is not an event
 */
export function readPaymentEvent(body: string): z.output<typeof event> {
  if (levelsOf(body) > MOST_LEVELS) throw new Problem('malformed_request', { detail: 'Nested too deeply.' });
  const read = event.safeParse(JSON.parse(body));
  if (!read.success)
    throw new Problem('malformed_request', { detail: 'An event is an object with an id and a type.' });
  return storable(read.data);
}

function levelsOf(json: string): number {
  let [level, deepest, inText] = [0, 0, false];
  for (let at = 0; at < json.length; at += 1) {
    const char = json[at];
    if (inText && char === '\\') at += 1;
    else if (char === '"') inText = !inText;
    else if (!inText && (char === '{' || char === '[')) deepest = Math.max(deepest, ++level);
    else if (!inText && (char === '}' || char === ']')) level -= 1;
  }
  return deepest;
}
