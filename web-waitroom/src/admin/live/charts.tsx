import type { RoomStats } from '@shopfast/kit/contracts/rooms';
import { useMemo } from 'react';
import { useAppContext } from '../app-context.tsx';
import { Chart, type Series } from './chart.tsx';
import { gapsBefore, perMinute, STEP_MS, type Step } from './history.ts';

type Props = { stats: RoomStats; history: readonly Step[] };

/** The room's last hour, continued with live figures. */
export function Charts({ stats, history }: Props) {
  const { t } = useAppContext();
  const at = Date.parse(stats.updated_at);
  const { times, values, rates } = useMemo(() => drawn(history, at), [history, at]);
  const limit = (value: number) => times.map(() => value);
  const series = (label: Parameters<typeof t>[0], one: Omit<Series, 'label'>): Series => ({
    label: t(label),
    ...one,
  });

  return (
    <div className="charts">
      <Chart
        title={t('chart.waiting')}
        times={times}
        series={[series('figure.waiting', { colour: '--accent', look: 'area', values: values('waiting') })]}
      />
      <Chart
        title={t('chart.calls')}
        times={times}
        series={[
          series('chart.key_calls', {
            colour: '--accent',
            look: 'area',
            values: callsUntil(rates.calls, stats.calls_in_last_minute),
          }),
          series('chart.key_limit', {
            colour: '--bad',
            look: 'limit',
            values: limit(stats.admissions_per_minute),
          }),
        ]}
      />
      <Chart
        title={t('chart.joins')}
        times={times}
        series={[
          series('chart.key_joins', { colour: '--accent', look: 'line', values: rates.joins }),
          series('chart.key_drop_outs', { colour: '--warn', look: 'line', values: rates.drop_outs }),
        ]}
      />
      <Chart
        title={t('chart.active')}
        times={times}
        series={[
          series('figure.active', { colour: '--accent', look: 'area', values: values('active') }),
          series('chart.key_cap', { colour: '--bad', look: 'limit', values: limit(stats.max_active) }),
        ]}
      />
      {stats.remaining !== null && (
        <Chart
          title={t('chart.stock')}
          times={times}
          series={[
            series('figure.sold', { colour: '--accent', look: 'area', values: values('sold') }),
            series('figure.held', { colour: '--warn', look: 'line', values: values('held') }),
            series('figure.remaining', { colour: '--soft', look: 'line', values: values('remaining') }),
          ]}
        />
      )}
    </div>
  );
}

/** The newest value is known exactly, so it replaces the last one. */
const callsUntil = (rates: readonly (number | null)[], now: number) => [...rates.slice(0, -1), now];

/** Steps in the form that charts need. An outage becomes a moment without values. */
function drawn(steps: readonly Step[], now: number) {
  const gaps = new Set(gapsBefore(steps));
  const withGaps = <T,>(values: readonly T[], gap: T) =>
    values.flatMap((value, i) => (gaps.has(i) ? [gap, value] : [value]));
  const times = steps.flatMap(({ at }, i) =>
    gaps.has(i) ? [(at - STEP_MS) / 1_000, at / 1_000] : [at / 1_000],
  );
  const rate = (what: 'calls' | 'joins' | 'drop_outs') =>
    withGaps<number | null>(perMinute(steps, what, now), null);
  return {
    times,
    values: (what: 'waiting' | 'active' | 'sold' | 'held' | 'remaining') =>
      withGaps<number | null>(
        steps.map((step) => step[what]),
        null,
      ),
    rates: { calls: rate('calls'), joins: rate('joins'), drop_outs: rate('drop_outs') },
  };
}
