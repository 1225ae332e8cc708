import type { DeadLetter } from '@shopfast/kit/contracts/background-jobs';
import { QUEUES, type QueueName } from '@shopfast/kit/contracts/limits';
import { useState } from 'react';
import { Choice } from '../../app/field.tsx';
import { useAppContext, useOperator } from '../app-context.tsx';
import { Confirm } from '../frame/confirm.tsx';
import { useAct } from '../frame/notices.tsx';
import { Pager } from '../frame/pager.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { useAsked } from '../use-query.ts';

/** Jobs that used up their attempts; operators can resend them. */
export function DeadLetters() {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const [queue, setQueue] = useState<QueueName | ''>('');
  const [resent, setResent] = useState(false);
  const [before, setBefore] = useState<number | null>(null);
  const filter = { resent, ...(queue ? { queue } : {}), ...(before ? { before } : {}) };
  const { data, failure } = useAsked(['dead-letters', filter], () => calls.deadLetters(filter), 10_000);
  return (
    <section className="card panel" aria-labelledby="letters-title">
      <h2 id="letters-title">{t('letters.title')}</h2>
      <p className="hint">{t('letters.lead')}</p>
      <div className="filters">
        <Choice
          label={t('letters.queue')}
          value={queue}
          onChange={(event) => {
            setQueue(QUEUES.find((name) => name === event.target.value) ?? '');
            setBefore(null);
          }}
          options={[['', t('letters.all')], ...QUEUES.map((name) => [name, t(`queue.${name}`)] as const)]}
        />
        <Choice
          label={t('letters.which')}
          value={String(resent)}
          onChange={(event) => {
            setResent(event.target.value === 'true');
            setBefore(null);
          }}
          options={[
            ['false', t('letters.open')],
            ['true', t('letters.resent')],
          ]}
        />
      </div>
      {failure && <ProblemNote failure={failure} />}
      {data?.dead_letters.length === 0 && <p>{t(resent ? 'letters.none_resent' : 'letters.none')}</p>}
      <ul className="letters">
        {data?.dead_letters.map((letter) => (
          <Letter key={letter.id} letter={letter} />
        ))}
      </ul>
      <Pager before={before} nextBefore={data?.next_before} show={setBefore} />
    </section>
  );
}

function Letter({ letter }: { letter: DeadLetter }) {
  const { t, formats } = useAppContext();
  const { calls, may } = useOperator();
  const act = useAct();
  const [asked, setAsked] = useState(false);
  const subject = letter.payload.order_id ?? letter.payload.event_id;
  const send = () =>
    act(
      () => calls.resend(letter.id),
      ({ resent_before }) => ({ text: t(resent_before ? 'letters.sent_before' : 'letters.sent') }),
    );
  return (
    <li data-letter={letter.id}>
      <div>
        <p>
          <b>{letter.name}</b>
          {typeof subject === 'string' && (
            <>
              {' '}
              <code>{subject}</code>
            </>
          )}
        </p>
        <p className="why-failed">{letter.error}</p>
        <p className="hint">
          {t('letters.failed', {
            count: letter.attempts,
            time: formats.moment(Date.parse(letter.failed_at)),
          })}{' '}
          {letter.resent_at && t('letters.resent_at', { time: formats.moment(Date.parse(letter.resent_at)) })}
        </p>
      </div>
      {letter.resent_at === null && may('operator') && (
        <button type="button" className="button plain small" onClick={() => setAsked(true)}>
          {t('letters.send')}
          <span className="unseen">
            {' '}
            {letter.name} {letter.id}
          </span>
        </button>
      )}
      {asked && (
        <Confirm
          title={t('letters.confirm', { job: letter.name })}
          button={t('letters.send')}
          onConfirm={send}
          onClose={() => setAsked(false)}
        >
          <p>{t('letters.consequence')}</p>
          <p>{t('consequence.no_undo')}</p>
        </Confirm>
      )}
    </li>
  );
}
