import type { Session } from '@shopfast/kit/contracts/accounts';
import { useState } from 'react';
import type { Failure } from '../api/answered.ts';
import type { Answer } from '../api/ask.ts';
import { useAppContext } from './app-context.tsx';
import { deviceName } from './device-name.ts';
import { ProblemNote } from './problem-note.tsx';
import { useAsked } from './use-asked.ts';

/** The account's sessions, each with a button to end it. */
export function OwnSessions() {
  const { t, accounts, amounts } = useAppContext();
  const { body, failure, again } = useAsked(['own-sessions'], accounts.sessions);
  const [refused, setRefused] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const end = async (work: () => Promise<Answer<unknown>>) => {
    if (busy) return;
    setBusy(true);
    const answer = await work();
    setBusy(false);
    // A session that has ended already is gone, which is what the user wanted.
    const isGone = answer.kind === 'refused' && answer.refusal.code === 'session_unknown';
    setRefused(answer.kind === 'ok' || isGone ? null : answer);
    again();
  };
  const nameOf = ({ user_agent }: Session) => {
    const { browser, system } = deviceName(user_agent);
    if (browser && system) return t('sessions.device', { browser, system });
    return browser ?? system ?? t('sessions.unknown');
  };
  const shown = refused ?? failure;
  return (
    <section aria-labelledby="own-sessions">
      <h2 id="own-sessions">{t('sessions.title')}</h2>
      {shown && <ProblemNote failure={shown} />}
      <ul className="own-list">
        {body?.sessions.map((session) => (
          <li key={session.id} className="card" data-session={session.current ? 'current' : 'other'}>
            <span>
              <b>{nameOf(session)}</b>
              <small>{t('sessions.since', { time: amounts.moment(Date.parse(session.signed_in_at)) })}</small>
            </span>
            {session.current ? (
              <span>{t('sessions.this')}</span>
            ) : (
              <button
                type="button"
                className="quiet"
                disabled={busy}
                onClick={() => void end(() => accounts.endSession(session.id))}
              >
                {t('account.sign_out')} <span className="unseen">{nameOf(session)}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {body?.sessions.some(({ current }) => !current) && (
        <button
          type="button"
          className="quiet"
          disabled={busy}
          onClick={() => void end(accounts.endOtherSessions)}
        >
          {t('sessions.end_others')}
        </button>
      )}
    </section>
  );
}
