import { readFileSync } from 'node:fs';
import { type Context, Hono } from 'hono';
import type { Ledger } from '../ledger.ts';

const read = (name: string) => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');

/** The script for the shop's page, and the frame for the card. */
export function cardFormRoutes(): Hono {
  const send = (type: string, name: string) => {
    const text = read(name);
    return (c: Context) => c.body(text, 200, { 'Content-Type': `${type}; charset=UTF-8` });
  };
  return new Hono()
    .get('/v3/', send('text/javascript', 'stripe.js'))
    .get('/v3/card-form', send('text/html', 'frame.html'))
    .get('/v3/card-form.js', send('text/javascript', 'frame.js'));
}

/** Stripe's test card numbers and the test payment methods with the same behaviour: https://docs.stripe.com/testing. */
const TEST_NUMBERS: Record<string, string> = {
  '4242424242424242': 'pm_card_visa',
  '5555555555554444': 'pm_card_mastercard',
  '4000000000000002': 'pm_card_visa_chargeDeclined',
  '4000000000009995': 'pm_card_visa_chargeDeclinedInsufficientFunds',
  '4000002500003155': 'pm_card_authenticationRequired',
};

/** The test payment method of a card number; undefined if it is not a test card. */
export const testMethodOf = (number: string): string | undefined => TEST_NUMBERS[number];

/** The test payment method behind an id: its own, or that of the card that created it. */
export const knownMethod = ({ cards }: Pick<Ledger, 'cards'>, id: string): string => cards.get(id) ?? id;
