import { useState } from 'react';
import { Link } from 'react-router';
import { useAppContext } from './app-context.tsx';
import { shownState } from './order-state.ts';
import { ProblemNote } from './problem-note.tsx';
import { orderPath } from './routes.ts';
import { useAsked } from './use-asked.ts';

export const OWN_ORDERS = 'own-orders';

/** The account's orders, newest first, page by page. */
export function OwnOrders() {
  const { t, accounts, amounts } = useAppContext();
  const [before, setBefore] = useState<string | null>(null);
  const { body, failure } = useAsked([OWN_ORDERS, before], () => accounts.orders(before));
  return (
    <section aria-labelledby="own-orders">
      <h2 id="own-orders">{t('account.orders')}</h2>
      {failure && <ProblemNote failure={failure} />}
      {body?.orders.length === 0 && <p className="lead">{t('account.no_orders')}</p>}
      <ul className="own-list">
        {body?.orders.map((order) => (
          <li key={order.id} className="card" data-own-order={order.id}>
            <Link to={orderPath(order.id)}>{amounts.moment(Date.parse(order.created_at))}</Link>
            <span>{t(`state.${shownState(order)}`)}</span>
            <strong>{amounts.money(order.total, order.currency)}</strong>
          </li>
        ))}
      </ul>
      {before !== null && (
        <button type="button" className="quiet" onClick={() => setBefore(null)}>
          {t('account.newest')}
        </button>
      )}
      {body?.next && (
        <button type="button" className="quiet" onClick={() => setBefore(body.next)}>
          {t('account.older')}
        </button>
      )}
    </section>
  );
}
