import type { OrderDocument } from '@shopfast/kit/contracts/api';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Failure } from '../api/answered.ts';
import { useAppContext } from './app-context.tsx';
import { OWN_ORDERS } from './own-orders.tsx';
import { ProblemNote } from './problem-note.tsx';
import { useAsked } from './use-asked.ts';

/** Guest orders with the account's address: the user confirms or rejects them. */
export function GuestOrders() {
  const { t, accounts } = useAppContext();
  const queries = useQueryClient();
  const { body, again } = useAsked(['guest-orders'], () => accounts.guestOrders());
  const [refused, setRefused] = useState<Failure | null>(null);
  const orders = body?.orders ?? [];
  if (orders.length === 0) return null;
  const answer = async (does: 'adopt' | 'disown', some: OrderDocument[]) => {
    const answered = await accounts.answerForGuestOrders(
      does,
      some.map(({ id }) => id),
    );
    setRefused(answered.kind === 'ok' ? null : answered);
    again();
    if (does === 'adopt') void queries.invalidateQueries({ queryKey: [OWN_ORDERS] });
  };
  return (
    <section aria-labelledby="guest-orders">
      <h2 id="guest-orders">{t('guests.title')}</h2>
      <p className="lead">{t('guests.lead')}</p>
      {refused && <ProblemNote failure={refused} />}
      <ul className="own-list">
        {orders.map((order) => (
          <GuestOrder key={order.id} order={order} answer={(does) => void answer(does, [order])} />
        ))}
      </ul>
      {orders.length > 1 && (
        <button type="button" className="quiet" onClick={() => void answer('adopt', orders)}>
          {t('guests.all_mine')}
        </button>
      )}
    </section>
  );
}

function GuestOrder({ order, answer }: { order: OrderDocument; answer(does: 'adopt' | 'disown'): void }) {
  const { t, calls, amounts } = useAppContext();
  const { product_id: id } = order;
  const product = useAsked(['product', id], () => calls.product(id)).body;
  return (
    <li className="card" data-guest-order={order.id}>
      <span>
        {amounts.number(order.quantity)} × {product?.name ?? id},{' '}
        {amounts.moment(Date.parse(order.created_at))}
      </span>
      <strong>{amounts.money(order.total, order.currency)}</strong>
      <button type="button" onClick={() => answer('adopt')}>
        {t('guests.mine')}
      </button>
      <button type="button" className="quiet" onClick={() => answer('disown')}>
        {t('guests.not_mine')}
      </button>
    </li>
  );
}
