import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { FormInput } from '../app/form-fields.tsx';
import { Heading } from '../app/heading.tsx';
import { useAccount } from './account.tsx';
import type { SignedIn } from './account-calls.ts';
import { AccountForm, PasswordField } from './account-form.tsx';
import { AddressBook } from './address-book.tsx';
import { useAppContext } from './app-context.tsx';
import { contract } from './contract.ts';
import { GuestOrders } from './guest-orders.tsx';
import { OwnOrders } from './own-orders.tsx';
import { OwnSessions } from './own-sessions.tsx';
import { accountPath, listPath } from './routes.ts';
import { SignIn } from './sign-in-pages.tsx';

/** Own orders and profile; the sign-in form for everybody else. */
export function AccountPage() {
  const { t } = useAppContext();
  const { me, asking } = useAccount();
  if (me) return <OwnAccount me={me} />;
  return asking ? <p className="lead">{t('page.loading')}</p> : <SignIn />;
}

function OwnAccount({ me }: { me: SignedIn }) {
  const { t, accounts } = useAppContext();
  const { signedIn, signedOut } = useAccount();
  const go = useNavigate();
  const leave = () => {
    signedOut();
    go(listPath);
  };
  return (
    <div className="narrow">
      <Heading>{t('account.title')}</Heading>
      <p className="lead">{t('account.signed_in_as', { email: me.email })}</p>
      <GuestOrders />
      <OwnOrders />
      <h2>{t('account.profile')}</h2>
      <AccountForm
        button={t('account.save')}
        values={{ name: me.name }}
        toBody={({ name }) => ({ name })}
        check={contract('profile')}
        send={accounts.changeMe}
        done={signedIn}
      >
        <FormInput
          {...{ name: 'name', type: 'text', required: true, maxLength: 254, autoComplete: 'name' }}
          label={t('account.name')}
        />
      </AccountForm>
      {me.addresses && <AddressBook me={me} />}
      <OwnSessions />
      <div className="foot">
        <Link to={accountPath('reset')}>{t('account.forgotten')}</Link>
        <button
          type="button"
          className="quiet"
          onClick={() => void accounts.signOut().then((answer) => answer.kind === 'ok' && leave())}
        >
          {t('account.sign_out')}
        </button>
      </div>
      <Erase done={leave} />
    </div>
  );
}

function Erase({ done }: { done(): void }) {
  const { t, accounts } = useAppContext();
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <button type="button" className="quiet" onClick={() => setOpen(true)}>
        {t('account.erase')}
      </button>
    );
  return (
    <section aria-label={t('account.erase')}>
      <p className="lead">{t('account.erase_lead')}</p>
      <AccountForm
        button={t('account.erase_confirm')}
        values={{ password: '' }}
        toBody={({ password }) => ({ password })}
        check={contract('erase')}
        send={accounts.erase}
        done={done}
      >
        <PasswordField />
      </AccountForm>
    </section>
  );
}
