import { MOST_ADMITTED_BY_HAND, ROOM_TEXTS } from '@shopfast/kit/contracts/limits';
import type { Room, RoomStats } from '@shopfast/kit/contracts/rooms';
import { type FormEvent, useState } from 'react';
import { Field, TextField } from '../../app/field.tsx';
import { useAppContext, useOperator } from '../app-context.tsx';
import { Confirm } from '../frame/confirm.tsx';
import { useAct } from '../frame/notices.tsx';
import { totalWaiting } from './history.ts';
import { type TransitionOffer, transitionsFrom } from './transitions.ts';

type Props = { room: Room; stats: RoomStats };

/** The actions on a room, each with its consequence. */
export function Controls({ room, stats }: Props) {
  return (
    <>
      <Steps room={room} stats={stats} />
      <Message room={room} stats={stats} />
      {stats.state === 'open' && <Admit room={room} stats={stats} />}
    </>
  );
}

function Steps({ room, stats }: Props) {
  const { t } = useAppContext();
  const { calls, may } = useOperator();
  const act = useAct();
  const [asked, setAsked] = useState<TransitionOffer | null>(null);
  const offers = transitionsFrom(stats.state, stats.draining).filter(({ needs }) => may(needs));
  const take = ({ step, undo }: TransitionOffer) =>
    act(
      () => calls.step(room.id, step),
      () => ({
        text: t(`step.${step}_done`),
        ...(undo ? { undo: { run: () => calls.step(room.id, undo), text: t(`step.${undo}_done`) } } : {}),
      }),
    );
  return (
    <section className="card panel" aria-labelledby="steps-title">
      <h2 id="steps-title">{t('step.title')}</h2>
      <div className="actions">
        {offers.map((offer) => (
          <button
            key={offer.step}
            type="button"
            className={offer.grave ? 'button plain grave' : 'button plain'}
            data-step={offer.step}
            onClick={() => setAsked(offer)}
          >
            {t(`step.${offer.step}`)}
          </button>
        ))}
      </div>
      {asked && (
        <Confirm
          title={t(`step.${asked.step}_title`, { room: room.name })}
          button={t(`step.${asked.step}`)}
          grave={asked.grave}
          {...(asked.step === 'reset' ? { typed: room.id } : {})}
          onConfirm={() => take(asked)}
          onClose={() => setAsked(null)}
        >
          <Consequence offer={asked} stats={stats} />
        </Confirm>
      )}
    </section>
  );
}

function Consequence({ offer: { step, undo }, stats }: { offer: TransitionOffer; stats: RoomStats }) {
  const { t } = useAppContext();
  const waiting = totalWaiting(stats);
  const rate = stats.admissions_per_minute;
  return (
    <>
      <p className="who-waits">
        {t('consequence.waiting', { count: waiting })} {t('consequence.active', { count: stats.active })}
      </p>
      <p>{t(`consequence.${step}`, { rate })}</p>
      <p>{t(undo ? 'consequence.undo' : 'consequence.no_undo')}</p>
    </>
  );
}

function Message({ room, stats }: Props) {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const act = useAct();
  const [text, setText] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const shown = text ?? room.message ?? '';
  const message = shown.trim() === '' ? null : shown.trim();
  const send = () =>
    act(
      () => calls.changeRoom(room.id, { message }, room.version),
      (changed) => {
        setText(null);
        return {
          text: t(message === null ? 'message.removed' : 'message.sent'),
          undo: {
            run: () => calls.changeRoom(room.id, { message: room.message }, changed.version),
            text: t('message.undone'),
          },
        };
      },
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
  };
  return (
    <section className="card panel" aria-labelledby="message-title">
      <h2 id="message-title">{t('message.title')}</h2>
      <form onSubmit={submit}>
        <TextField
          {...{ name: 'message', maxLength: ROOM_TEXTS.message.most, value: shown }}
          label={t('message.label')}
          hint={t('message.hint')}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button plain" disabled={message === room.message}>
          {t(message === null && room.message !== null ? 'message.remove' : 'message.send')}
        </button>
      </form>
      {asked && (
        <Confirm
          title={t('message.title')}
          button={t(message === null ? 'message.remove' : 'message.send')}
          onConfirm={send}
          onClose={() => setAsked(false)}
        >
          <p>{t('message.consequence', { count: totalWaiting(stats) })}</p>
          {message !== null && <blockquote>{message}</blockquote>}
          <p>{t('consequence.undo')}</p>
        </Confirm>
      )}
    </section>
  );
}

function Admit({ room, stats }: Props) {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const act = useAct();
  const [count, setCount] = useState('10');
  const [asked, setAsked] = useState(false);
  const number = Number(count);
  const isValid = /^\d+$/.test(count) && number >= 1 && number <= 1_000;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isValid) setAsked(true);
  };
  return (
    <section className="card panel" aria-labelledby="admit-title">
      <h2 id="admit-title">{t('admit.title')}</h2>
      <form onSubmit={submit} noValidate>
        <div className="inline">
          <Field
            {...{
              name: 'count',
              type: 'number',
              min: 1,
              max: MOST_ADMITTED_BY_HAND,
              inputMode: 'numeric',
              value: count,
            }}
            label={t('admit.count')}
            error={isValid ? undefined : t('rate.wrong', { most: 1_000 })}
            onChange={(event) => setCount(event.target.value)}
          />
          <button type="submit" className="button plain" disabled={totalWaiting(stats) === 0}>
            {t('admit.button')}
          </button>
        </div>
      </form>
      {asked && (
        <Confirm
          title={t('admit.title')}
          button={t('admit.confirm', { count: number })}
          onConfirm={() =>
            act(
              () => calls.admit(room.id, number),
              ({ called }) => ({ text: t('admit.done', { count: called, asked: number }) }),
            )
          }
          onClose={() => setAsked(false)}
        >
          <p>{t('admit.consequence', { count: Math.min(number, totalWaiting(stats)) })}</p>
          <p>{t('consequence.no_undo')}</p>
        </Confirm>
      )}
    </section>
  );
}
