import type { OrderMinute, RoomStats } from '@shopfast/kit/contracts/rooms';
import { type T, useAppContext, useNow, useOperator } from '../app-context.tsx';
import type { Formats } from '../formats.ts';
import { useAsked } from '../use-query.ts';
import { type Effect, effectOf, type Limits } from './effect.ts';
import { totalWaiting } from './history.ts';

type Props = {
  stats: RoomStats;
  now: Limits;
  limits: Limits;
  isChanged: boolean;
  stockFactor: number;
  joinsPerMinute: number | null;
};

/** The predicted effect of a rate and a cap, and what it is based on. */
export function EffectNote({ stats, now, limits, isChanged, stockFactor, joinsPerMinute }: Props) {
  const { t, formats } = useAppContext();
  const at = useNow();
  const then = effectOf(stats, limits, stockFactor, joinsPerMinute);
  const present = effectOf(stats, now, stockFactor, joinsPerMinute);
  return (
    <div className="effect" data-held-by={then?.heldBy}>
      <p className="outcome">
        {then ? outcomeOf(then, limits, stats, { t, formats, at }) : t('effect.unknown')}
      </p>
      <ul>
        {isChanged && then && present && <Compared {...{ then, present }} />}
        {stats.state === 'paused' && <li>{t('effect.paused')}</li>}
        {then && then.heldBy !== 'rate' && (
          <li>
            {t(`effect.held_by_${then.heldBy}`, {
              calls: Math.floor(then.callsPerMinute),
              cap: limits.maxActive,
              slots: then.slotsNeeded ?? 0,
            })}
          </li>
        )}
        {then?.stockSeconds != null && then.stockSeconds > 0 && (
          <li>
            {t('effect.stock', {
              count: stats.remaining ?? 0,
              units: stats.remaining ?? 0,
              time: formats.time(at + then.stockSeconds * 1_000, at),
            })}
          </li>
        )}
        {then?.growthPerMinute != null && then.growthPerMinute > 0 && totalWaiting(stats) > 0 && (
          <li>{t('effect.grows', { joins: joinsPerMinute ?? 0, more: Math.ceil(then.growthPerMinute) })}</li>
        )}
      </ul>
      <Basis stats={stats} />
    </div>
  );
}

type Words = { t: T; formats: Formats; at: number };

function outcomeOf(effect: Effect, { rate }: Limits, stats: RoomStats, { t, formats, at }: Words): string {
  if (totalWaiting(stats) === 0) return t('effect.nobody', { rate });
  if (effect.emptySeconds === null) return t('effect.never');
  return t('effect.empty', {
    rate,
    time: formats.time(at + effect.emptySeconds * 1_000, at),
    duration: formats.duration(effect.emptySeconds),
  });
}

function Compared({ then, present }: { then: Effect; present: Effect }) {
  const { t, formats } = useAppContext();
  if (then.emptySeconds === null || present.emptySeconds === null) return null;
  const seconds = present.emptySeconds - then.emptySeconds;
  if (Math.abs(seconds) < 5) return <li>{t('effect.same')}</li>;
  return (
    <li>
      {t(seconds > 0 ? 'effect.sooner' : 'effect.later', { duration: formats.duration(Math.abs(seconds)) })}
    </li>
  );
}

/** The measurements behind the prediction. */
function Basis({ stats: { pace, calls_in_last_minute } }: { stats: RoomStats }) {
  const { t, formats } = useAppContext();
  const { calls } = useOperator();
  const { data } = useAsked(['order-times'], calls.orderTimes, 15_000);
  const busiest = busiestOf(data?.minutes ?? []);
  const last = data?.minutes.at(-1);
  return (
    <details className="basis">
      <summary>{t('basis.title')}</summary>
      <ul>
        <li>{t('basis.calls', { count: calls_in_last_minute })}</li>
        {pace && (
          <li>
            {t('basis.slots', {
              freed: Math.round(pace.slots_freed_per_minute),
              free: pace.free_slots,
            })}
          </li>
        )}
        {pace && <li>{t('basis.drop_outs', { share: formats.percent(pace.drop_share) })}</li>}
        {!last && <li>{t('basis.no_orders')}</li>}
        {last && <li>{orderLine('basis.orders', last, t, formats)}</li>}
        {busiest && busiest !== last && <li>{orderLine('basis.busiest', busiest, t, formats)}</li>}
      </ul>
    </details>
  );
}

function orderLine(
  key: 'basis.orders' | 'basis.busiest',
  minute: OrderMinute,
  t: T,
  formats: Formats,
): string {
  const at = Date.parse(minute.at);
  return t(key, { orders: minute.orders, ms: minute.p95_ms, time: formats.time(at, at) });
}

function busiestOf(minutes: readonly OrderMinute[]): OrderMinute | undefined {
  return minutes.reduce<OrderMinute | undefined>(
    (most, minute) => (most && most.orders >= minute.orders ? most : minute),
    undefined,
  );
}
