import { storePaymentEvent } from '@shopfast/db/payment-events';
import { Problem } from '@shopfast/kit/errors';
import Stripe from 'stripe';
import type { Checkout } from '../deps.ts';
import { readPaymentEvent } from './read-event.ts';

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
