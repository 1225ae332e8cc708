import { PASSWORD } from '@shopfast/kit/contracts/limits';
import { useState } from 'react';
import { useAccount } from './account.tsx';
import { AccountForm, Field } from './account-form.tsx';
import { useAppContext } from './app-context.tsx';
import { Heading } from './heading.tsx';
import { Link, useNavigation } from './navigation.tsx';
import { accountPath } from './routes.ts';

export function SignIn() {
  const { t, accounts } = useAppContext();
  const { signedIn } = useAccount();
  const { go } = useNavigation();
  return (
    <div className="narrow">
      <Heading>{t('account.sign_in')}</Heading>
      <AccountForm
        button={t('account.sign_in')}
        send={({ email = '', password = '' }) => accounts.signIn({ email, password })}
        done={(me) => {
          signedIn(me);
          go(accountPath(), { replace: true });
        }}
      >
        <Field name="email" type="email" label={t('form.email')} complete="username" />
        <Field name="password" type="password" label={t('account.password')} complete="current-password" />
      </AccountForm>
      <div className="foot">
        <Link to={accountPath('sign-up')}>{t('account.sign_up')}</Link>
        <Link to={accountPath('reset')}>{t('account.forgotten')}</Link>
      </div>
    </div>
  );
}

export function SignUp() {
  const { t, accounts } = useAppContext();
  const [mailed, setMailed] = useState(false);
  if (mailed) return <Mailed lead={t('account.mailed_verify')} />;
  return (
    <div className="narrow">
      <Heading>{t('account.sign_up')}</Heading>
      <p className="lead">{t('account.sign_up_lead')}</p>
      <AccountForm
        button={t('account.sign_up')}
        send={({ name = '', email = '', password = '' }) => accounts.signUp({ name, email, password })}
        done={() => setMailed(true)}
      >
        <Field name="name" type="text" label={t('account.name')} complete="name" />
        <Field name="email" type="email" label={t('form.email')} complete="username" />
        <NewPassword />
      </AccountForm>
    </div>
  );
}

/**
 * The target of the mailed link. It asks for the password, so that nobody verifies a stranger's account by opening a
 * link.
 */
export function Verify() {
  const { t, accounts, linkToken } = useAppContext();
  const { signedIn } = useAccount();
  const { go } = useNavigation();
  if (linkToken === null) return <Mailed lead={t('account.no_link')} />;
  return (
    <div className="narrow">
      <Heading>{t('account.verify')}</Heading>
      <p className="lead">{t('account.verify_lead')}</p>
      <AccountForm
        button={t('account.verify')}
        send={({ password = '' }) => accounts.verify({ token: linkToken, password })}
        done={(me) => {
          signedIn(me);
          go(accountPath(), { replace: true });
        }}
      >
        <Field name="password" type="password" label={t('account.password')} complete="current-password" />
      </AccountForm>
    </div>
  );
}

/** Asks for the e-mail address; with a link's secret, for the new password. */
export function Reset() {
  const { t, accounts, linkToken } = useAppContext();
  const { go } = useNavigation();
  const { signedOut } = useAccount();
  const [mailed, setMailed] = useState(false);
  if (mailed) return <Mailed lead={t('account.mailed_reset')} />;
  return (
    <div className="narrow">
      <Heading>{t('account.reset')}</Heading>
      {linkToken === null ? (
        <AccountForm
          button={t('account.reset_mail')}
          send={({ email = '' }) => accounts.requestReset({ email })}
          done={() => setMailed(true)}
        >
          <Field name="email" type="email" label={t('form.email')} complete="username" />
        </AccountForm>
      ) : (
        <AccountForm
          button={t('account.reset')}
          send={({ password = '' }) => accounts.reset({ token: linkToken, password })}
          done={() => {
            signedOut();
            go(accountPath('sign-in'), { replace: true });
          }}
        >
          <NewPassword />
        </AccountForm>
      )}
    </div>
  );
}

function NewPassword() {
  const { t } = useAppContext();
  return (
    <Field
      name="password"
      type="password"
      label={t('account.password')}
      hint={t('account.password_hint', { count: PASSWORD.least })}
      complete="new-password"
      minLength={PASSWORD.least}
    />
  );
}

function Mailed({ lead }: { lead: string }) {
  const { t } = useAppContext();
  return (
    <div className="narrow" role="status">
      <Heading>{t('account.mailed')}</Heading>
      <p className="lead">{lead}</p>
    </div>
  );
}
