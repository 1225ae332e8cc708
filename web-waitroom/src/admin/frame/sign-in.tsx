import type { OwnKey } from '@shopfast/kit/contracts/keys';
import type { Failure } from '../../api/answered.ts';
import type { Answer } from '../../api/ask.ts';
import { Form } from '../../app/form.tsx';
import { FormInput, SubmitButton } from '../../app/form-fields.tsx';
import { Heading } from '../../app/heading.tsx';
import { Mark } from '../../app/shell.tsx';
import { useAppContext } from '../app-context.tsx';
import { looksLikeKey } from '../session.ts';

type Props = {
  /** The key of the ended session was refused. */
  wasRefused: boolean;
  signIn(key: string): Promise<Answer<OwnKey>>;
};

export function SignIn({ wasRefused, signIn }: Props) {
  const { t } = useAppContext();
  return (
    <main id="main" className="sign-in">
      <Mark />
      <Heading>{t('sign_in.title')}</Heading>
      <p className="lead">{t('sign_in.lead')}</p>
      <Form
        className="card"
        values={{ key: '' }}
        toBody={({ key }) => ({ key: key.trim() })}
        check={keyCheck}
        send={({ key }) => signIn(key)}
        failedWith={wasRefused ? REFUSED_LATER : null}
        problem={Refused}
      >
        <FormInput
          {...{ name: 'key', type: 'password', required: true, autoComplete: 'current-password' }}
          {...{ autoCapitalize: 'none', spellCheck: false }}
          label={t('sign_in.key')}
          hint={t('sign_in.hint')}
          wrong={t('sign_in.no_key')}
        />
        <SubmitButton>{t('sign_in.button')}</SubmitButton>
      </Form>
    </main>
  );
}

/** A text that cannot be a key is not sent. */
const keyCheck =
  async () =>
  async ({ key }: { key?: string }) =>
    looksLikeKey(key ?? '') ? {} : { key: { type: 'wrong', message: 'must be an admin key' } };

const REFUSED_LATER = {
  kind: 'refused',
  refusal: { status: 401, code: 'key_ended', title: '', detail: null, retryAfterMs: null },
} as const satisfies Failure;

function Refused({ failure }: { failure: Failure }) {
  const { t } = useAppContext();
  const text = () => {
    if (failure.kind === 'unreachable') return t('problem.unreachable');
    if (failure === REFUSED_LATER) return t('sign_in.refused_later');
    return failure.refusal.status === 401 ? t('sign_in.refused') : failure.refusal.title;
  };
  return (
    <p className="note bad" role="alert">
      {text()}
    </p>
  );
}
