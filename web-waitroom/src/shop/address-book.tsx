import type { PostalAddress } from '@shopfast/kit/contracts/accounts';
import { MOST_ADDRESSES } from '@shopfast/kit/contracts/limits';
import { needsPostalCode } from '@shopfast/kit/contracts/postal-address';
import { useMemo, useState } from 'react';
import type { Failure } from '../api/answered.ts';
import { FormChoice, FormInput, useText } from '../app/form-fields.tsx';
import { useAccount } from './account.tsx';
import type { SignedIn } from './account-calls.ts';
import { AccountForm } from './account-form.tsx';
import { useAppContext } from './app-context.tsx';
import { contract } from './contract.ts';
import { countriesIn } from './countries.ts';
import { ProblemNote } from './problem-note.tsx';

/** The account's addresses, the preferred one first. They are saved as a whole list. */
export function AddressBook({ me }: { me: SignedIn }) {
  const { t, accounts, locale } = useAppContext();
  const { signedIn } = useAccount();
  const [isAdding, setAdding] = useState(false);
  const [refused, setRefused] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const countries = useMemo(
    () => new Map(countriesIn(locale).map(({ code, name }) => [code, name])),
    [locale],
  );
  const { addresses = [] } = me;

  const keep = async (wanted: PostalAddress[]) => {
    if (busy) return;
    setBusy(true);
    const answer = await accounts.changeMe({ addresses: wanted });
    setBusy(false);
    setRefused(answer.kind === 'ok' ? null : answer);
    if (answer.kind === 'ok') signedIn(answer.body);
  };
  const without = (place: number) => addresses.filter((_, index) => index !== place);

  return (
    <section aria-labelledby="addresses">
      <h2 id="addresses">{t('addresses.title')}</h2>
      {refused && <ProblemNote failure={refused} />}
      {addresses.length === 0 && <p className="lead">{t('addresses.none')}</p>}
      <ul className="own-list">
        {addresses.map((address, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an address has no id but its position
          <li key={place} className="card" data-address={place}>
            <address>
              {linesOf(address, countries).map((line) => (
                <bdi key={line}>{line}</bdi>
              ))}
            </address>
            <span className="row">
              {place > 0 && (
                <button
                  type="button"
                  className="quiet"
                  disabled={busy}
                  onClick={() => void keep([address, ...without(place)])}
                >
                  {t('addresses.prefer')} <span className="unseen">{address.line1}</span>
                </button>
              )}
              <button
                type="button"
                className="quiet"
                disabled={busy}
                onClick={() => void keep(without(place))}
              >
                {t('addresses.remove')} <span className="unseen">{address.line1}</span>
              </button>
            </span>
          </li>
        ))}
      </ul>
      {isAdding && (
        <AddressForm
          countries={countries}
          send={(address) => accounts.changeMe({ addresses: [...addresses, address] })}
          done={(changed) => {
            signedIn(changed);
            setAdding(false);
          }}
        />
      )}
      {!isAdding && addresses.length < MOST_ADDRESSES && (
        <button type="button" className="quiet" onClick={() => setAdding(true)}>
          {t('addresses.add')}
        </button>
      )}
    </section>
  );
}

type FormProps = {
  countries: ReadonlyMap<string, string>;
  send(address: PostalAddress): ReturnType<ReturnType<typeof useAppContext>['accounts']['changeMe']>;
  done(me: SignedIn): void;
};

function AddressForm({ countries, send, done }: FormProps) {
  const { t, locale } = useAppContext();
  return (
    <AccountForm
      button={t('account.save')}
      values={{ ...EMPTY, country: countryOf(locale) ?? '' }}
      toBody={addressOf}
      check={contract('address')}
      send={send}
      done={done}
      // The address is the last of the list that is sent.
      fieldOf={(name) => name.replace(/^addresses\.\d+\./, '')}
    >
      <AddressFields countries={countries} />
    </AccountForm>
  );
}

const EMPTY = { name: '', line1: '', line2: '', postal_code: '', city: '', region: '', country: '' };

/** Optional parts that are empty are left out. */
function addressOf({ line2, postal_code, region, ...address }: typeof EMPTY): PostalAddress {
  return {
    ...address,
    ...(line2 ? { line2 } : {}),
    ...(postal_code ? { postal_code } : {}),
    ...(region ? { region } : {}),
  };
}

function AddressFields({ countries }: Pick<FormProps, 'countries'>) {
  const { t } = useAppContext();
  const optional = (label: string) => t('address.optional', { label });
  const hasPostalCode = needsPostalCode(useText('country'));
  const text = { type: 'text', maxLength: 254 } as const;
  return (
    <>
      <FormInput
        {...{ ...text, name: 'name', required: true, autoComplete: 'shipping name' }}
        label={t('account.name')}
      />
      <FormInput
        {...{ ...text, name: 'line1', required: true, autoComplete: 'shipping address-line1' }}
        label={t('address.line1')}
      />
      <FormInput
        {...{ ...text, name: 'line2', autoComplete: 'shipping address-line2' }}
        label={optional(t('address.line2'))}
      />
      <FormInput
        {...{ ...text, name: 'postal_code', required: hasPostalCode, autoComplete: 'shipping postal-code' }}
        label={hasPostalCode ? t('address.postal_code') : optional(t('address.postal_code'))}
      />
      <FormInput
        {...{ ...text, name: 'city', required: true, autoComplete: 'shipping address-level2' }}
        label={t('address.city')}
      />
      <FormInput
        {...{ ...text, name: 'region', autoComplete: 'shipping address-level1' }}
        label={optional(t('address.region'))}
      />
      <FormChoice
        {...{ name: 'country', required: true, autoComplete: 'shipping country' }}
        label={t('address.country')}
        options={[...countries]}
      />
    </>
  );
}

/** The likely country of a reader: of `en-GB` the United Kingdom, of `de` Germany. */
const countryOf = (locale: string) => new Intl.Locale(locale).maximize().region;

function linesOf(address: PostalAddress, countries: ReadonlyMap<string, string>): string[] {
  const { name, line1, line2, postal_code, city, region, country } = address;
  const lines = [
    name,
    line1,
    line2,
    [postal_code, city].filter(Boolean).join(' '),
    region,
    countries.get(country) ?? country,
  ];
  return lines.filter((line) => line !== undefined);
}
