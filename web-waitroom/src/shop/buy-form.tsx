import type { ProductDocument } from '@shopfast/kit/contracts/api';
import { type FormEvent, useRef, useState } from 'react';
import type { Reservation } from '../reservation.ts';
import { useAccount } from './account.tsx';
import { useAppContext } from './app-context.tsx';
import { CardForm, type CardTaker } from './card-form.tsx';
import type { Purchase } from './reservation-store.ts';
import type { PaymentOptions } from './shop-calls.ts';
import { TEST_CARDS, TestCards } from './test-cards.tsx';
import type { Sender } from './use-sender.ts';

type Props = {
  product: ProductDocument;
  room: string;
  reservation: Reservation | null;
  sender: Sender;
  payment: PaymentOptions;
  /** A purchase that was sent before a refresh; the form shows its values. */
  underWay: Purchase | null;
};

const EMAIL_DRAFT = 'draft:email';

/** The order form. It cannot be edited while a purchase is being sent. */
export function BuyForm({ product, room, reservation, sender, payment, underWay }: Props) {
  const { t, amounts, locale, drafts } = useAppContext();
  const { me } = useAccount();
  const { sending, troubled } = sender;
  const most = Math.min(product.per_customer_limit, reservation?.maxQuantity ?? product.per_customer_limit);
  const [quantity, setQuantity] = useState(underWay?.body.quantity ?? 1);
  const [email, setEmail] = useState(underWay?.body.email ?? drafts.getItem(EMAIL_DRAFT) ?? me?.email ?? '');
  const [card, setCard] = useState(underWay?.body.payment_method ?? TEST_CARDS[0]);
  const total = amounts.money(product.price * quantity, product.currency);

  const cardTaker = useRef<CardTaker>(null);
  // A purchase from before a refresh has its payment method already; the card form is empty.
  const hasCard = sending && underWay !== null;
  // Blocks a second press while the card is being checked.
  const [isTaking, setTaking] = useState(false);
  const taking = useRef(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending || taking.current || !reservation) return;
    taking.current = true;
    setTaking(true);
    const method = payment.card_form ? await cardTaker.current?.paymentMethod() : card;
    taking.current = false;
    setTaking(false);
    if (!method) return;
    sender.send({
      idempotencyKey: crypto.randomUUID(),
      reservationToken: reservation.token,
      room,
      body: { product_id: product.id, quantity, email: email.trim(), payment_method: method, locale },
    });
  };
  const busy = sending || isTaking;

  return (
    <form onSubmit={(event) => void submit(event)} aria-labelledby="form-title">
      <h2 id="form-title">{t('form.title')}</h2>
      <fieldset disabled={busy}>
        <legend className="unseen">{t('form.title')}</legend>
        <label>
          <span>{t('form.quantity')}</span>
          <select value={quantity} onChange={(event) => setQuantity(Number(event.target.value))}>
            {Array.from({ length: Math.max(most, quantity) }, (_, index) => index + 1).map((count) => (
              <option key={count} value={count}>
                {amounts.number(count)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{t('form.email')}</span>
          <input
            type="email"
            required
            maxLength={254}
            autoComplete="email"
            value={email}
            aria-describedby="email-hint"
            aria-invalid={sender.refusal?.fields?.includes('email') || undefined}
            onChange={(event) => {
              setEmail(event.target.value);
              drafts.setItem(EMAIL_DRAFT, event.target.value);
            }}
          />
        </label>
        <small id="email-hint">{t('form.email_hint')}</small>
        {!payment.card_form && <TestCards chosen={card} choose={setCard} />}
      </fieldset>
      {payment.card_form && !hasCard && (
        <CardForm
          ref={cardTaker}
          offer={payment.card_form}
          amount={product.price * quantity}
          currency={product.currency}
          readOnly={busy}
        />
      )}
      <p className="total">
        <span>{t('form.total')}</span>
        <strong>{total}</strong>
      </p>
      <button className="button" type="submit" disabled={busy}>
        {busy ? t('form.buying') : t('form.buy', { total })}
      </button>
      <div aria-live="polite">{troubled && <p className="note warn">{t('form.held')}</p>}</div>
    </form>
  );
}
