import type { OwnKey } from '@shopfast/kit/contracts/keys';
import { type FormEvent, useState } from 'react';
import type { Answer } from '../../api/ask.ts';
import { Heading, useAppContext } from '../app-context.tsx';
import { looksLikeKey } from '../session.ts';
import { Field } from './field.tsx';

type Props = {
  /** The key of the ended session was refused. */
  wasRefused: boolean;
  signIn(key: string): Promise<Answer<OwnKey>>;
};

export function SignIn({ wasRefused, signIn }: Props) {
  const { t } = useAppContext();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(wasRefused ? t('sign_in.refused_later') : null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const key = String(new FormData(event.currentTarget).get('key')).trim();
    if (!looksLikeKey(key)) return setTrouble(t('sign_in.no_key'));
    setBusy(true);
    const answer = await signIn(key);
    setBusy(false);
    if (answer.kind === 'unreachable') return setTrouble(t('problem.unreachable'));
    if (answer.kind === 'refused')
      setTrouble(answer.refusal.status === 401 ? t('sign_in.refused') : answer.refusal.title);
  };
  return (
    <main id="main" className="sign-in">
      <span className="mark" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <Heading>{t('sign_in.title')}</Heading>
      <p className="lead">{t('sign_in.lead')}</p>
      <form className="card" onSubmit={(event) => void submit(event)}>
        {trouble && (
          <p className="note bad" role="alert">
            {trouble}
          </p>
        )}
        <Field
          {...{ name: 'key', type: 'password', required: true, autoComplete: 'current-password' }}
          {...{ autoCapitalize: 'none', spellCheck: false }}
          label={t('sign_in.key')}
          hint={t('sign_in.hint')}
        />
        <button className="button" type="submit" disabled={busy}>
          {t('sign_in.button')}
        </button>
      </form>
    </main>
  );
}
