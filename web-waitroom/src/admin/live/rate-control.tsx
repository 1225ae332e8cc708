import { ROOM_NUMBERS } from '@shopfast/kit/contracts/limits';
import type { Room, RoomStats } from '@shopfast/kit/contracts/rooms';
import { type FormEvent, useState } from 'react';
import { Field } from '../../app/field.tsx';
import { useAppContext, useOperator } from '../app-context.tsx';
import { useAct } from '../frame/notices.tsx';
import type { Limits } from './effect.ts';
import { EffectNote } from './effect-note.tsx';

type Props = { room: Room; stats: RoomStats; joinsPerMinute: number | null };

const { most: MOST_RATE } = ROOM_NUMBERS.admissions_per_minute;
const { most: MOST_ACTIVE } = ROOM_NUMBERS.max_active;

/** Rate and cap, with a prediction of their effect. */
export function RateControl({ room, stats, joinsPerMinute }: Props) {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const act = useAct();
  const [wish, setWish] = useState<{ rate?: string; cap?: string }>({});
  const [busy, setBusy] = useState(false);

  const now: Limits = { rate: stats.admissions_per_minute, maxActive: stats.max_active };
  const rateText = wish.rate ?? String(now.rate);
  const capText = wish.cap ?? String(now.maxActive);
  const limits: Limits = { rate: Number(rateText), maxActive: Number(capText) };
  const isValid = isWhole(rateText, MOST_RATE) && isWhole(capText, MOST_ACTIVE);
  const isChanged = isValid && (limits.rate !== now.rate || limits.maxActive !== now.maxActive);
  const multiply = (factor: number) => {
    const from = isWhole(rateText, MOST_RATE) ? limits.rate : now.rate;
    setWish({ ...wish, rate: String(Math.min(MOST_RATE, Math.max(1, Math.round(from * factor)))) });
  };

  const apply = async (event: FormEvent) => {
    event.preventDefault();
    if (!isChanged || busy) return;
    setBusy(true);
    const changes = settingsOf(limits);
    // The version of the shown figures: a concurrent change by somebody else is not overwritten.
    await act(
      () => calls.changeRoom(room.id, changes, stats.version),
      (changed) => ({
        text: t('rate.applied', { rate: limits.rate, cap: limits.maxActive }),
        undo: {
          run: () => calls.changeRoom(room.id, settingsOf(now), changed.version),
          text: t('rate.applied', { rate: now.rate, cap: now.maxActive }),
        },
      }),
    );
    setBusy(false);
    setWish({});
  };

  return (
    <section className="card panel" aria-labelledby="rate-title">
      <h2 id="rate-title">{t('rate.title')}</h2>
      <form onSubmit={(event) => void apply(event)} noValidate>
        <div className="pair">
          <Field
            {...{ name: 'rate', type: 'number', min: 1, max: MOST_RATE, step: 1, inputMode: 'numeric' }}
            label={t('rate.rate')}
            value={rateText}
            error={isWhole(rateText, MOST_RATE) ? undefined : t('rate.wrong', { most: MOST_RATE })}
            onChange={(event) => setWish({ ...wish, rate: event.target.value })}
          />
          <Field
            {...{ name: 'cap', type: 'number', min: 1, max: MOST_ACTIVE, step: 1, inputMode: 'numeric' }}
            label={t('rate.cap')}
            value={capText}
            error={isWhole(capText, MOST_ACTIVE) ? undefined : t('rate.wrong', { most: MOST_ACTIVE })}
            onChange={(event) => setWish({ ...wish, cap: event.target.value })}
          />
        </div>
        <fieldset className="steps">
          <legend className="unseen">{t('rate.steps')}</legend>
          {FACTORS.map(([name, factor]) => (
            <button
              key={name}
              type="button"
              className="button plain small"
              dir="ltr"
              onClick={() => multiply(factor)}
            >
              {t(`rate.step_${name}`)}
            </button>
          ))}
        </fieldset>
        {isValid && (
          <EffectNote
            {...{ stats, now, limits, isChanged, joinsPerMinute }}
            stockFactor={room.stock_factor}
          />
        )}
        <div className="row">
          <button type="submit" className="button" disabled={!isChanged || busy}>
            {t('rate.apply')}
          </button>
          {(wish.rate !== undefined || wish.cap !== undefined) && (
            <button type="button" className="quiet" onClick={() => setWish({})}>
              {t('rate.forget')}
            </button>
          )}
        </div>
      </form>
    </section>
  );
}

const FACTORS = [
  ['half', 0.5],
  ['less', 0.9],
  ['more', 1.1],
  ['double', 2],
] as const;

const settingsOf = ({ rate, maxActive }: Limits) => ({ admissions_per_minute: rate, max_active: maxActive });

function isWhole(text: string, most: number): boolean {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= 1 && value <= most;
}
