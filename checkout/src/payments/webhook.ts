import { storePaymentEvent } from '@shopfast/db/payments/store-event';
import { storable } from '@shopfast/kit/contracts/text';
import { Problem } from '@shopfast/kit/errors';
import Stripe from 'stripe';
import type { Checkout } from '../deps.ts';

const TOLERANCE_SECONDS = 300;

/**
 * Takes a message of the payment provider: its signature is checked over the raw body, the event is stored once together
 * with the job that acts on it. What the event means is the worker's business.
 * @throws Problem `signature_invalid`, `overloaded`, `unavailable`; the provider sends it again then
 */
export async function receivePaymentEvent(
  { sql, clock, config, database }: Checkout,
  message: { body: string; signature: string | undefined },
): Promise<void> {
  const event = await Stripe.webhooks
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
  await database.run(() =>
    storePaymentEvent(sql, {
      id: storable(event.id),
      type: storable(event.type),
      payload: storable(event as unknown as Record<string, unknown>),
      receivedAt: new Date(clock.now()),
    }),
  );
}
