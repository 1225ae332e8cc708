import type { Reservation } from '../reservation.ts';
import { useAppContext, useNow } from './app-context.tsx';

/** How long a reservation still lasts, or that it has expired. */
export function ReservationBanner({ reservation }: { reservation: Reservation }) {
  const { t, amounts } = useAppContext();
  const left = reservation.expiresAt - useNow();
  if (left <= 0)
    return (
      <div className="note warn">
        <strong>{t('reservation.over_title')}</strong>
        <p>{t('reservation.over_lead')}</p>
      </div>
    );
  return (
    <div className="note good">
      <strong>{t('reservation.ready')}</strong>
      <p role="timer">{t('reservation.left', { time: amounts.countdown(left) })}</p>
    </div>
  );
}
