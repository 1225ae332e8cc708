import type { RoomStats } from '@shopfast/kit/contracts/rooms';
import type { ReactNode } from 'react';
import { useAppContext } from '../app-context.tsx';
import { totalWaiting } from './history.ts';

type Props = { stats: RoomStats; lastMinute: { joins: number; dropOuts: number } | null };

/** The room's figures, the most important ones first. */
export function Figures({ stats, lastMinute }: Props) {
  const { t, formats } = useAppContext();
  const { eta_seconds: eta, eta_accuracy: accuracy } = stats;
  const lastMinuteOf = (value: number | undefined) => (value === undefined ? '–' : formats.number(value));
  return (
    <dl className="figures">
      <Figure name="waiting" label={t('figure.waiting')} value={formats.number(totalWaiting(stats))}>
        {stats.priority.waiting > 0 && t('figure.priority', { count: stats.priority.waiting })}
      </Figure>
      <Figure
        name="calls"
        label={t('figure.calls')}
        value={formats.number(stats.calls_in_last_minute)}
        of={[stats.calls_in_last_minute, stats.admissions_per_minute]}
      >
        {t('figure.of_limit', { limit: stats.admissions_per_minute })}
      </Figure>
      <Figure
        name="active"
        label={t('figure.active')}
        value={formats.number(stats.active)}
        of={[stats.active, stats.max_active]}
        isCap
      >
        {t('figure.of_cap', { cap: stats.max_active })}
      </Figure>
      <Figure name="eta" label={t('figure.eta')} value={eta ? formats.span(eta.low, eta.high) : '–'}>
        {stats.eta_reason && <span className="why">{t(`eta_reason.${stats.eta_reason}`)}</span>}
        {accuracy
          ? t('figure.eta_accuracy', {
              share: formats.percent(accuracy.within_quarter),
              count: accuracy.waits,
            })
          : t('figure.eta_unmeasured')}
      </Figure>
      <Figure name="joins" label={t('figure.joins')} value={lastMinuteOf(lastMinute?.joins)}>
        {t('figure.issued', { count: stats.issued + stats.priority.issued })}
      </Figure>
      <Figure name="drop_outs" label={t('figure.drop_outs')} value={lastMinuteOf(lastMinute?.dropOuts)}>
        {stats.pace && t('figure.drop_share', { share: formats.percent(stats.pace.drop_share) })}
      </Figure>
    </dl>
  );
}

type FigureProps = {
  name: string;
  label: string;
  value: string;
  /** Value and maximum, drawn as a bar. */
  of?: readonly [number, number];
  /** A reached cap is highlighted; a used-up rate is not. */
  isCap?: boolean;
  children?: ReactNode;
};

function Figure({ name, label, value, of, isCap = false, children }: FigureProps) {
  return (
    <div className="figure card" data-figure={name}>
      <dt>{label}</dt>
      <dd>
        <strong className={value.length > 9 ? 'long' : undefined}>{value}</strong>
        {of && (
          <Bar parts={[{ part: of[0], look: isCap && of[0] >= of[1] ? 'full' : 'filled' }]} whole={of[1]} />
        )}
        <span className="beside">{children}</span>
      </dd>
    </div>
  );
}

type BarProps = { parts: readonly { part: number; look: string }[]; whole: number };

/** Parts of a whole as a bar. The same information is in the text beside it. */
export function Bar({ parts, whole }: BarProps) {
  let from = 0;
  return (
    <svg className="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      {parts.map(({ part, look }) => {
        const width = whole > 0 ? Math.min(100 - from, (part / whole) * 100) : 0;
        const rect = <rect key={look} className={look} x={from} width={width} height="4" />;
        from += width;
        return rect;
      })}
    </svg>
  );
}

/** Sold, held and remaining units. */
export function Stock({ stats }: { stats: RoomStats }) {
  const { t, formats } = useAppContext();
  const { sold, held, remaining } = stats;
  if (remaining === null) return <p className="hint">{t('stock.unknown')}</p>;
  const parts = [
    { part: sold ?? 0, look: 'sold' },
    { part: held ?? 0, look: 'held' },
    { part: remaining, look: 'remaining' },
  ] as const;
  return (
    <section className="stock card" aria-label={t('stock.title')}>
      <Bar parts={parts} whole={parts.reduce((sum, { part }) => sum + part, 0)} />
      <dl>
        {parts.map(({ part, look }) => (
          <div key={look} className={look} data-figure={look}>
            <dt>{t(`figure.${look}`)}</dt>
            <dd>{formats.number(part)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
