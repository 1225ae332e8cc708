import type { PageNeeds } from '@shopfast/kit/built-page';
import type { PaymentOptions } from '@shopfast/kit/contracts/api';

/** Stripe's card form: the address of its script, and the publishable key of this shop. */
export type CardForm = { script: string; publishableKey: string };

export const optionsWith = (form: CardForm | null): PaymentOptions => ({
  card_form: form && { script: form.script, publishable_key: form.publishableKey },
});

const STRIPE = 'https://js.stripe.com';

/** What Stripe needs in a page's policy: https://docs.stripe.com/security/guide#content-security-policy. */
export function needsOf({ script }: CardForm): PageNeeds {
  const { origin } = new URL(script);
  if (origin !== STRIPE) return { scriptSrc: [origin], frameSrc: [origin] };
  const ofStripe = [STRIPE, 'https://*.js.stripe.com'];
  return {
    scriptSrc: ofStripe,
    frameSrc: [...ofStripe, 'https://hooks.stripe.com'],
    connectSrc: ['https://api.stripe.com'],
  };
}
