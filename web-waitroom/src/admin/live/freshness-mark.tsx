import { useAppContext } from '../app-context.tsx';
import type { LiveRoom } from './use-live.ts';

/** Shows whether the figures are current. */
export function FreshnessMark({ live: { freshness, ageMs } }: { live: LiveRoom }) {
  const { t, formats } = useAppContext();
  return (
    <span className="freshness" data-freshness={freshness ?? 'none'}>
      {freshness === null && t('fresh.none')}
      {freshness === 'live' && t('fresh.live')}
      {(freshness === 'late' || freshness === 'stale') &&
        t('fresh.late', { age: formats.duration(Math.floor((ageMs ?? 0) / 1_000)) })}
    </span>
  );
}

/** Announces once, not every second, that the figures are too old to act on. */
export function StaleNote({ live: { freshness, stats } }: { live: LiveRoom }) {
  const { t, formats } = useAppContext();
  return (
    <div role="alert">
      {freshness === 'stale' && stats && (
        <p className="note bad">
          <strong>{t('fresh.stale')}</strong>{' '}
          {t('fresh.stale_since', { time: formats.clock(Date.parse(stats.updated_at)) })}
        </p>
      )}
    </div>
  );
}
