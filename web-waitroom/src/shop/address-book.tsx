import type { PostalAddress } from '@shopfast/kit/contracts/accounts';
import { MOST_ADDRESSES } from '@shopfast/kit/contracts/limits';
import { needsPostalCode } from '@shopfast/kit/contracts/postal-address';
import { useMemo, useState } from 'react';
import type { Failure } from '../api/answered.ts';
import { useAccount } from './account.tsx';
import type { SignedIn } from './account-calls.ts';
import { AccountForm, Field } from './account-form.tsx';
import { useAppContext } from './app-context.tsx';
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
  const optional = (label: string) => t('address.optional', { label });
  const [country, setCountry] = useState(countryOf(locale));
  const hasPostalCode = needsPostalCode(country ?? '');
  return (
    <AccountForm
      button={t('account.save')}
      send={(given) =>
        send(Object.fromEntries(Object.entries(given).filter(([, text]) => text)) as PostalAddress)
      }
      done={done}
    >
      <Field name="name" type="text" label={t('account.name')} complete="shipping name" />
      <Field name="line1" type="text" label={t('address.line1')} complete="shipping address-line1" />
      <Field
        {...{ name: 'line2', type: 'text', complete: 'shipping address-line2', optional: true }}
        label={optional(t('address.line2'))}
      />
      <Field
        name="postal_code"
        type="text"
        label={hasPostalCode ? t('address.postal_code') : optional(t('address.postal_code'))}
        complete="shipping postal-code"
        optional={!hasPostalCode}
      />
      <Field name="city" type="text" label={t('address.city')} complete="shipping address-level2" />
      <Field
        {...{ name: 'region', type: 'text', complete: 'shipping address-level1', optional: true }}
        label={optional(t('address.region'))}
      />
      <fieldset>
        <label>
          <span>{t('address.country')}</span>
          <select
            name="country"
            required
            autoComplete="shipping country"
            value={country}
            onChange={({ currentTarget }) => setCountry(currentTarget.value)}
          >
            {[...countries].map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </fieldset>
    </AccountForm>
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
