import type { OrderDocument, ProductDocument } from '@shopfast/kit/contracts/api';
import { isWebAddress } from '@shopfast/kit/contracts/web-address';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Failure } from '../api/answered.ts';
import { useAccount } from './account.tsx';
import { useAppContext } from './app-context.tsx';
import { asAnswered } from './asking.ts';
import { CancelOrder } from './cancel-order.tsx';
import { FailedPage } from './failed-page.tsx';
import { Heading } from './heading.tsx';
import { Link } from './navigation.tsx';
import { orderName, orderPauseMs, shownState } from './order-state.ts';
import { OrderSteps } from './order-steps.tsx';
import { ProblemNote } from './problem-note.tsx';
import { listPath, roomPath } from './routes.ts';
import { useAsked } from './use-asked.ts';

/** An order; follows its payment until it is final. */
export function OrderPage({ id }: { id: string }) {
  const { t, reservationStore } = useAppContext();
  const { me, asking } = useAccount();
  const token = reservationStore.orderToken(id);
  if (token === null && asking) return <p className="lead">{t('page.loading')}</p>;
  if (token === null && me === null)
    return (
      <div className="narrow">
        <Heading>{t('order.title')}</Heading>
        <p className="lead">{t('problem.no_token')}</p>
        <Link to={listPath}>{t('page.home')}</Link>
      </div>
    );
  return <FollowedOrder id={id} token={token} />;
}

function FollowedOrder({ id, token }: { id: string; token: string | null }) {
  const { t, calls } = useAppContext();
  const queries = useQueryClient();
  const name = orderName(id);
  const {
    body: order,
    failure,
    again,
  } = useAsked<OrderDocument>(name, () => calls.orderState(id, token), { pauseMs: orderPauseMs });
  const [refused, setRefused] = useState<Failure | null>(null);
  if (!order) return failure ? <FailedPage failure={failure} /> : <p className="lead">{t('page.loading')}</p>;
  const cancel = async () => {
    const answer = await calls.cancel(id, token);
    setRefused(answer.kind === 'ok' ? null : answer);
    if (answer.kind === 'ok') queries.setQueryData(name, asAnswered(answer.body));
    else again();
  };
  const pending = order.state === 'pending_payment';
  return (
    <div className="narrow" data-order={shownState(order)}>
      <Situation order={order} />
      <OrderSteps state={shownState(order)} />
      {pending && failure && <p className="note warn">{t('order.stale')}</p>}
      {refused && <ProblemNote failure={refused} />}
      <OrderFacts order={order} />
      {pending ? (
        <div className="foot">
          <span>{t('order.live')}</span>
          <CancelOrder cancel={cancel} />
        </div>
      ) : (
        <WayOn order={order} />
      )}
    </div>
  );
}

function Situation({ order }: { order: OrderDocument }) {
  const { t, amounts } = useAppContext();
  const shown = shownState(order);
  const time = amounts.moment(Date.parse(order.hold_until));
  return (
    <div className="situation" data-state={shown}>
      <div role="status">
        <Heading>{t(`state.${shown}`)}</Heading>
        <p className="lead">{t(`state.${shown}_lead`, { email: order.email, time })}</p>
      </div>
      {shown === 'action_needed' && isWebAddress(order.action_url) && (
        <a className="button" href={order.action_url} target="_blank" rel="noopener noreferrer">
          {t('action.confirm')} <span className="unseen">{t('action.new_tab')}</span>
        </a>
      )}
    </div>
  );
}

function OrderFacts({ order }: { order: OrderDocument }) {
  const { t, amounts } = useAppContext();
  const product = useProductOf(order);
  const rows = [
    [t('order.product'), product?.name ?? order.product_id],
    [t('order.quantity'), amounts.number(order.quantity)],
    [t('order.total'), amounts.money(order.total, order.currency)],
    ...(order.refunded_amount
      ? [[t('order.refunded'), amounts.money(order.refunded_amount, order.currency)] as const]
      : []),
    [t('order.email'), order.email],
    [t('order.placed'), amounts.moment(Date.parse(order.created_at))],
    [t('order.number'), order.id],
  ] as const;
  return (
    <dl className="card facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function useProductOf({ product_id: id }: OrderDocument): ProductDocument | null {
  const { calls } = useAppContext();
  return useAsked(['product', id], () => calls.product(id)).body;
}

/** What to do after the end: try again if the order failed, otherwise back to the shop. */
function WayOn({ order }: { order: OrderDocument }) {
  const { t } = useAppContext();
  const product = useProductOf(order);
  const nothing =
    order.state === 'payment_failed' || order.state === 'expired' || order.state === 'cancelled';
  return (
    <div className="foot">
      {nothing && product?.room && (
        <a className="button" href={roomPath(product.room)}>
          {t('order.again')}
        </a>
      )}
      <Link to={listPath}>{t('order.more')}</Link>
    </div>
  );
}
