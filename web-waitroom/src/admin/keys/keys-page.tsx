import { ROLES } from '@shopfast/kit/admin/roles';
import type { AdminKey, CreatedKey, NewKey, Rotation } from '@shopfast/kit/contracts/keys';
import { KEY_NAME } from '@shopfast/kit/contracts/limits';
import { useState } from 'react';
import { Form } from '../../app/form.tsx';
import { FormChoice, FormInput, SubmitButton } from '../../app/form-fields.tsx';
import { Heading } from '../../app/heading.tsx';
import { useAppContext, useOperator } from '../app-context.tsx';
import { contract } from '../contract.ts';
import { Confirm } from '../frame/confirm.tsx';
import { useAct, useReport } from '../frame/notices.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { ShownOnce } from '../frame/shown-once.tsx';
import { useAsked } from '../use-query.ts';

/** Admin keys, and the signing keys of reservation tokens. */
export function KeysPage() {
  const { t } = useAppContext();
  const { calls, may } = useOperator();
  const { data, failure } = useAsked(['keys'], calls.keys);
  return (
    <>
      <Heading>{t('keys.title')}</Heading>
      <p className="lead">{t('keys.lead')}</p>
      {failure && <ProblemNote failure={failure} />}
      {may('owner') && <CreateKey />}
      {data && <KeyTable keys={data.keys} />}
      {may('owner') && <SigningKeys />}
    </>
  );
}

const NOBODY: NewKey = { name: '', role: 'viewer' };

function CreateKey() {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const report = useReport();
  const [made, setMade] = useState<CreatedKey | null>(null);
  return (
    <section className="card panel" aria-labelledby="new-key-title">
      <h2 id="new-key-title">{t('keys.new')}</h2>
      <Form
        className="inline"
        values={NOBODY}
        toBody={({ name, role }): NewKey => ({ name: name.trim(), role })}
        check={contract('key')}
        send={calls.createKey}
        done={(key, reset) => {
          setMade(key);
          reset();
          report({ text: t('keys.made_notice', { name: key.name }) });
        }}
      >
        <FormInput
          {...{ name: 'name', type: 'text', required: true, maxLength: KEY_NAME.most, autoComplete: 'off' }}
          label={t('keys.name')}
        />
        <FormChoice
          name="role"
          label={t('keys.role')}
          options={ROLES.map((role) => [role, `${t(`role.${role}`)}: ${t(`role.${role}_may`)}`] as const)}
        />
        <SubmitButton className="button plain">{t('keys.make')}</SubmitButton>
      </Form>
      {made && (
        <ShownOnce
          title={t('keys.made', { name: made.name })}
          lead={t('keys.made_lead')}
          text={made.key}
          onClose={() => setMade(null)}
        />
      )}
    </section>
  );
}

function KeyTable({ keys }: { keys: readonly AdminKey[] }) {
  const { t, formats } = useAppContext();
  const { calls, me } = useOperator();
  const act = useAct();
  const [asked, setAsked] = useState<AdminKey | null>(null);
  return (
    <section className="card panel" aria-labelledby="keys-title">
      <h2 id="keys-title">{t('keys.all')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="scroll" tabIndex={0} aria-label={t('list.table', { title: t('keys.all') })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('keys.name')}</th>
              <th scope="col">{t('keys.role')}</th>
              <th scope="col">{t('keys.prefix')}</th>
              <th scope="col">{t('keys.created')}</th>
              <th scope="col">{t('keys.state')}</th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <tr key={key.id} data-revoked={key.revoked_at !== null || undefined}>
                <th scope="row">
                  {key.name} {key.id === me.id && <span className="tag">{t('keys.yours')}</span>}
                </th>
                <td>{t(`role.${key.role}`)}</td>
                <td>
                  <code>{key.prefix}…</code>
                </td>
                <td>
                  <time dateTime={key.created_at}>{formats.moment(Date.parse(key.created_at))}</time>
                </td>
                <td>
                  {key.revoked_at !== null && t('keys.revoked')}
                  {key.revoked_at === null && key.id !== me.id && (
                    <button type="button" className="button plain small" onClick={() => setAsked(key)}>
                      {t('keys.revoke')} <span className="unseen">{key.name}</span>
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {asked && (
        <Confirm
          title={t('keys.revoke_title', { name: asked.name })}
          button={t('keys.revoke')}
          grave
          onConfirm={() =>
            act(
              () => calls.revokeKey(asked.id),
              () => ({ text: t('keys.revoke_done', { name: asked.name }) }),
            )
          }
          onClose={() => setAsked(null)}
        >
          <p>{t('keys.revoke_consequence')}</p>
          <p>{t('consequence.no_undo')}</p>
        </Confirm>
      )}
    </section>
  );
}

function SigningKeys() {
  const { t, formats } = useAppContext();
  const { calls } = useOperator();
  const act = useAct();
  const [asked, setAsked] = useState(false);
  const [plan, setPlan] = useState<Rotation | null>(null);
  const rotate = async () => {
    const made = await act(calls.rotateSigningKey, () => ({ text: t('signing.done') }));
    if (made) setPlan(made);
  };
  return (
    <section className="card panel" aria-labelledby="signing-title">
      <h2 id="signing-title">{t('signing.title')}</h2>
      <p>{t('signing.lead')}</p>
      {plan && (
        <p className="note good">
          {t('signing.plan', {
            kid: plan.kid,
            from: formats.clock(Date.parse(plan.signs_from)),
            until: formats.clock(Date.parse(plan.old_keys_until)),
          })}
        </p>
      )}
      <button type="button" className="button plain" onClick={() => setAsked(true)}>
        {t('signing.rotate')}
      </button>
      {asked && (
        <Confirm
          title={t('signing.confirm')}
          button={t('signing.rotate')}
          onConfirm={rotate}
          onClose={() => setAsked(false)}
        >
          <p>{t('signing.consequence')}</p>
          <p>{t('consequence.no_undo')}</p>
        </Confirm>
      )}
    </section>
  );
}
