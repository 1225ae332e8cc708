import { expect, test } from 'vitest';
import type { Checkout } from '../deps.ts';
import { shopPageRoutes } from '../shop-pages.ts';
import type { CardForm } from './card-form.ts';
import { paymentRoutes } from './routes.ts';

const STRIPE: CardForm = { script: 'https://js.stripe.com/v3/', publishableKey: 'pk_test_1' };
const LOOK_ALIKE: CardForm = { script: 'http://127.0.0.1:4242/v3/', publishableKey: 'pk_test_1' };

/** The content security policy of a shop page, by directive. */
async function policyWith(cardForm: CardForm | null): Promise<Record<string, string>> {
  const { headers } = await shopPageRoutes(cardForm).request('/shop/products/shoe');
  const directives = (headers.get('content-security-policy') ?? '').split('; ');
  return Object.fromEntries(directives.map((one) => [one.split(' ')[0], one.slice(one.indexOf(' ') + 1)]));
}
const optionsWith = async (cardForm: CardForm | null) =>
  (await paymentRoutes({ config: { cardForm } } as Checkout).request('/v1/payments/options')).json();

test('without a publishable key the pages offer test cards and may load nothing external', async () => {
  expect(await optionsWith(null)).toEqual({ card_form: null });
  const policy = await policyWith(null);
  expect(policy).toMatchObject({ 'default-src': "'none'", 'script-src': "'self'", 'connect-src': "'self'" });
  expect(policy).not.toHaveProperty('frame-src');
});

test('with one they use Stripe’s form, and may load what Stripe needs and nothing else', async () => {
  const form = { script: STRIPE.script, publishable_key: 'pk_test_1' };
  expect(await optionsWith(STRIPE)).toEqual({ card_form: form });
  const { 'style-src': style, ...policy } = await policyWith(STRIPE);
  expect(style).toMatch(/^'sha256-[^ ]+'$/);
  expect(policy).toEqual({
    'default-src': "'none'",
    'script-src': "'self' https://js.stripe.com https://*.js.stripe.com",
    'frame-src': 'https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com',
    'connect-src': "'self' https://api.stripe.com",
    'img-src': "'self' data:",
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
  });
});

test('script and frame of a fake Stripe are allowed from its own address only', async () => {
  expect(await policyWith(LOOK_ALIKE)).toMatchObject({
    'script-src': "'self' http://127.0.0.1:4242",
    'frame-src': 'http://127.0.0.1:4242',
    'connect-src': "'self'",
  });
});
