import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useAppContext } from './app-context.tsx';
import type { PaymentOptions } from './shop-calls.ts';
import { type CardElement, type CardElements, loadStripe, type StripeJs } from './stripe-js.ts';

/** What the order form needs from a payment form. */
export type CardTaker = {
  /** @returns the id of the shopper's payment method; null when the card is not valid yet, which the form shows */
  paymentMethod(): Promise<string | null>;
};

type Props = {
  offer: NonNullable<PaymentOptions['card_form']>;
  amount: number;
  currency: string;
  readOnly: boolean;
  ref: RefObject<CardTaker | null>;
};

type Parts = { stripe: StripeJs; elements: CardElements; element: CardElement };

/** Stripe's own form in its own frame: this page never has a card number. */
export function CardForm({ offer, amount, currency, readOnly, ref }: Props) {
  const { t, locale } = useAppContext();
  const place = useRef<HTMLDivElement>(null);
  const parts = useRef<Parts | null>(null);
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading');
  const [error, setError] = useState<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a form that is half filled in is updated in place, below
  useEffect(() => {
    let over = false;
    const open = async () => {
      const createStripe = await loadStripe(offer.script);
      if (over || !place.current) return;
      const stripe = createStripe(offer.publishable_key, { locale });
      const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
      const elements = stripe.elements({
        ...{ mode: 'payment', paymentMethodCreation: 'manual', paymentMethodTypes: ['card'] },
        ...{ amount, currency: currency.toLowerCase() },
        appearance: { theme: isDark ? 'night' : 'stripe' },
      });
      const element = elements.create('payment');
      element.on('ready', () => setState('ready'));
      element.on('loaderror', () => setState('failed'));
      parts.current = { stripe, elements, element };
      element.mount(place.current);
    };
    open().catch(() => !over && setState('failed'));
    return () => {
      over = true;
      parts.current?.element.destroy();
      parts.current = null;
    };
  }, [offer.script, offer.publishable_key, locale]);
  useEffect(() => parts.current?.elements.update({ amount }), [amount]);
  useEffect(() => parts.current?.element.update({ readOnly }), [readOnly]);

  useImperativeHandle(ref, () => ({
    async paymentMethod() {
      if (!parts.current) return null;
      const { stripe, elements } = parts.current;
      const checked = await elements.submit();
      const made: Awaited<ReturnType<StripeJs['createPaymentMethod']>> = checked.error
        ? checked
        : await stripe.createPaymentMethod({ elements });
      setError(made.error ? (made.error.message ?? t('form.card_refused')) : null);
      return made.paymentMethod?.id ?? null;
    },
  }));

  return (
    <section className="card-form" aria-labelledby="card-title" data-card-form={state}>
      <span id="card-title">{t('form.card_title')}</span>
      {state === 'loading' && <p>{t('page.loading')}</p>}
      <div ref={place} hidden={state === 'failed'} />
      {(error || state === 'failed') && (
        <p className="note bad" role="alert">
          {state === 'failed' ? t('form.card_failed') : error}
        </p>
      )}
      <small>{t('form.card_private')}</small>
    </section>
  );
}
