import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { FormInput } from '../app/form-fields.tsx';
import { Heading } from '../app/heading.tsx';
import { useAccount } from './account.tsx';
import { AccountForm, EmailField, NewPasswordField, PasswordField } from './account-form.tsx';
import { useAppContext } from './app-context.tsx';
import { contract } from './contract.ts';
import { accountPath } from './routes.ts';

export function SignIn() {
  const { t, accounts } = useAppContext();
  const { signedIn } = useAccount();
  const go = useNavigate();
  return (
    <div className="narrow">
      <Heading>{t('account.sign_in')}</Heading>
      <AccountForm
        button={t('account.sign_in')}
        values={{ email: '', password: '' }}
        toBody={({ email, password }) => ({ email, password })}
        check={contract('sign_in')}
        send={accounts.signIn}
        done={(me) => {
          signedIn(me);
          go(accountPath(), { replace: true });
        }}
      >
        <EmailField />
        <PasswordField />
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
        values={{ name: '', email: '', password: '' }}
        toBody={({ name, email, password }) => ({ name, email, password })}
        check={contract('sign_up')}
        send={accounts.signUp}
        done={() => setMailed(true)}
      >
        <FormInput
          {...{ name: 'name', type: 'text', required: true, maxLength: 254, autoComplete: 'name' }}
          label={t('account.name')}
        />
        <EmailField />
        <NewPasswordField />
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
  const go = useNavigate();
  if (linkToken === null) return <Mailed lead={t('account.no_link')} />;
  return (
    <div className="narrow">
      <Heading>{t('account.verify')}</Heading>
      <p className="lead">{t('account.verify_lead')}</p>
      <AccountForm
        button={t('account.verify')}
        values={{ password: '' }}
        toBody={({ password }) => ({ token: linkToken, password })}
        check={contract('verify')}
        send={accounts.verify}
        done={(me) => {
          signedIn(me);
          go(accountPath(), { replace: true });
        }}
      >
        <PasswordField />
      </AccountForm>
    </div>
  );
}

/** Asks for the e-mail address; with a link's secret, for the new password. */
export function Reset() {
  const { t, accounts, linkToken } = useAppContext();
  const go = useNavigate();
  const { signedOut } = useAccount();
  const [mailed, setMailed] = useState(false);
  if (mailed) return <Mailed lead={t('account.mailed_reset')} />;
  return (
    <div className="narrow">
      <Heading>{t('account.reset')}</Heading>
      {linkToken === null ? (
        <AccountForm
          button={t('account.reset_mail')}
          values={{ email: '' }}
          toBody={({ email }) => ({ email })}
          check={contract('request_reset')}
          send={accounts.requestReset}
          done={() => setMailed(true)}
        >
          <EmailField />
        </AccountForm>
      ) : (
        <AccountForm
          button={t('account.reset')}
          values={{ password: '' }}
          toBody={({ password }) => ({ token: linkToken, password })}
          check={contract('reset')}
          send={accounts.reset}
          done={() => {
            signedOut();
            go(accountPath('sign-in'), { replace: true });
          }}
        >
          <NewPasswordField />
        </AccountForm>
      )}
    </div>
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
