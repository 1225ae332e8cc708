import type { ProductDocument } from '@shopfast/kit/contracts/api';
import { useState } from 'react';
import { useAppContext, useNow } from './app-context.tsx';
import { useForms } from './forms.ts';
import { ProblemNote } from './problem-note.tsx';
import { ReservationBanner } from './reservation-banner.tsx';
import { roomPath } from './routes.ts';
import { useAsked } from './use-asked.ts';
import { useSender } from './use-sender.ts';

/** The shopper's next step: a link to the waiting room, or the order form. */
export function PurchasePanel({ product, room }: { product: ProductDocument; room: string }) {
  const { reservationStore, calls, t } = useAppContext();
  const now = useNow();
  const [underWay] = useState(() => reservationStore.purchase(product.id));
  const sender = useSender(underWay);
  const payment = useAsked(['payment-options'], calls.paymentOptions);
  const held = reservationStore.reservation(room);
  const reservation = held && (held.products?.includes(product.id) ?? true) ? held : null;
  const open = sender.sending || (reservation !== null && reservation.expiresAt > now);
  const { part: forms, hasFailed } = useForms(open);
  const form = open && payment.body && forms && (
    <forms.BuyForm {...{ product, room, reservation, sender, underWay }} payment={payment.body} />
  );
  return (
    <section className="card counter">
      {reservation && <ReservationBanner reservation={reservation} />}
      {sender.refusal && !form && <ProblemNote failure={{ kind: 'refused', refusal: sender.refusal }} />}
      {form}
      {open && !form && hasFailed && <ProblemNote failure={{ kind: 'unreachable' }} />}
      {open && !form && <p className="about">{t('page.loading')}</p>}
      {!open && <WayToTurn availability={product.availability} room={room} />}
    </section>
  );
}

function WayToTurn({ availability, room }: { availability: ProductDocument['availability']; room: string }) {
  const { t } = useAppContext();
  if (availability === 'sold_out') return <p>{t('product.sold_out')}</p>;
  return (
    <>
      <h2>{t('product.turn_title')}</h2>
      <p className="about">{t('product.turn_lead')}</p>
      {availability === 'reserved' && <p className="about">{t('product.reserved')}</p>}
      <a className="button" href={roomPath(room)}>
        {t('product.join')}
      </a>
    </>
  );
}
