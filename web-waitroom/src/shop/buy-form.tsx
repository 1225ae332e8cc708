import type { ProductDocument } from '@shopfast/kit/contracts/api';
import { type RefObject, useMemo, useRef } from 'react';
import { Form } from '../app/form.tsx';
import { FormChoice, FormInput, SubmitButton, useIsSending, useText } from '../app/form-fields.tsx';
import type { Reservation } from '../reservation.ts';
import { useAccount } from './account.tsx';
import { useAppContext } from './app-context.tsx';
import { CardForm, type CardTaker } from './card-form.tsx';
import { contract } from './contract.ts';
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
  const { t, locale, drafts } = useAppContext();
  const { me } = useAccount();
  const { sending, troubled, refusal } = sender;
  const cardTaker = useRef<CardTaker>(null);

  const send = async (body: Purchase['body']) => {
    if (!reservation) return null;
    const method = payment.card_form ? await cardTaker.current?.paymentMethod() : body.payment_method;
    if (method)
      sender.send({
        idempotencyKey: crypto.randomUUID(),
        reservationToken: reservation.token,
        room,
        body: { ...body, payment_method: method },
      });
    // The answer comes to the sender, after any number of tries.
    return null;
  };
  const sent = underWay?.body;
  const failure = useMemo(() => refusal && { kind: 'refused' as const, refusal }, [refusal]);
  return (
    <Form
      aria-labelledby="form-title"
      values={{
        quantity: String(sent?.quantity ?? 1),
        email: sent?.email ?? drafts.getItem(EMAIL_DRAFT) ?? me?.email ?? '',
        payment_method: sent?.payment_method ?? TEST_CARDS[0],
      }}
      toBody={({ quantity, email, payment_method }) => ({
        ...{
          product_id: product.id,
          quantity: Number(quantity),
          email: email.trim(),
          payment_method,
          locale,
        },
      })}
      check={contract('order')}
      send={send}
      isBusy={sending}
      failedWith={failure}
    >
      <h2 id="form-title">{t('form.title')}</h2>
      <OrderFields {...{ product, reservation, payment, sending, underWay, cardTaker }} />
      <div aria-live="polite">{troubled && <p className="note warn">{t('form.held')}</p>}</div>
    </Form>
  );
}

type FieldProps = Pick<Props, 'product' | 'reservation' | 'payment' | 'underWay'> & {
  sending: boolean;
  cardTaker: RefObject<CardTaker | null>;
};

function OrderFields({ product, reservation, payment, underWay, sending, cardTaker }: FieldProps) {
  const { t, amounts, drafts } = useAppContext();
  const isSending = useIsSending();
  const quantity = Number(useText('quantity'));
  const most = Math.min(product.per_customer_limit, reservation?.maxQuantity ?? product.per_customer_limit);
  const total = amounts.money(product.price * quantity, product.currency);
  // A purchase from before a refresh has its payment method already; the card form is empty.
  const hasCard = sending && underWay !== null;
  return (
    <>
      <FormChoice
        name="quantity"
        label={t('form.quantity')}
        options={Array.from({ length: Math.max(most, quantity) }, (_, index) => [
          String(index + 1),
          amounts.number(index + 1),
        ])}
      />
      <FormInput
        {...{ name: 'email', type: 'email', required: true, maxLength: 254, autoComplete: 'email' }}
        label={t('form.email')}
        hint={t('form.email_hint')}
        wrong={t('fields.email')}
        changed={({ target }) => drafts.setItem(EMAIL_DRAFT, target.value)}
      />
      {!payment.card_form && <TestCards />}
      {payment.card_form && !hasCard && (
        <CardForm
          ref={cardTaker}
          offer={payment.card_form}
          amount={product.price * quantity}
          currency={product.currency}
          readOnly={isSending}
        />
      )}
      <p className="total">
        <span>{t('form.total')}</span>
        <strong>{total}</strong>
      </p>
      <SubmitButton>{isSending ? t('form.buying') : t('form.buy', { total })}</SubmitButton>
    </>
  );
}
