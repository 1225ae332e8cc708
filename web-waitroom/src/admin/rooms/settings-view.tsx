import type { Room, SomeSettings } from '@shopfast/kit/contracts/rooms';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Answer } from '../../api/ask.ts';
import { Form } from '../../app/form.tsx';
import { FormInput, SubmitButton } from '../../app/form-fields.tsx';
import { useAppContext, useOperator } from '../app-context.tsx';
import { contract } from '../contract.ts';
import { Confirm } from '../frame/confirm.tsx';
import { useAct, useReport } from '../frame/notices.tsx';
import { roomsPath } from '../routes.ts';
import {
  changedSettings,
  formValues,
  SETTING_FIELDS,
  SETTING_GROUPS,
  type SettingField,
} from './setting-fields.ts';
import { SettingInput } from './setting-input.tsx';

/** All settings of a room; read-only without the role to change them. */
export function SettingsView({ room }: { room: Room }) {
  const { t } = useAppContext();
  const { calls, may } = useOperator();
  const report = useReport();
  // The version that the form was filled from: the gateway refuses to overwrite a concurrent change.
  const [base, setBase] = useState(room);
  const readOnly = !may('operator');

  const save = async (changes: SomeSettings): Promise<Answer<Room> | null> => {
    if (Object.keys(changes).length === 0) return null;
    const answer = await calls.changeRoom(base.id, changes, base.version);
    if (answer.kind === 'ok') saved(changes, answer.body);
    return answer;
  };
  const saved = (changes: SomeSettings, changed: Room) => {
    const old: Partial<Record<string, unknown>> = base;
    const before = Object.fromEntries(Object.keys(changes).map((name) => [name, old[name]]));
    setBase(changed);
    report({
      text: t('settings.saved', { count: Object.keys(changes).length }),
      undo: {
        run: async () => {
          const undone = await calls.changeRoom(base.id, before, changed.version);
          if (undone.kind === 'ok') setBase(undone.body);
          return undone;
        },
        text: t('settings.undone'),
      },
    });
  };
  const isOutdated = base.version !== room.version;

  return (
    <>
      <Form
        className="settings"
        values={formValues(SETTING_FIELDS, base)}
        version={base.version}
        toBody={(values) => changedSettings(values, base)}
        check={contract('settings')}
        send={save}
      >
        <p className="hint">
          {t('settings.zone', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
        </p>
        {SETTING_GROUPS.map(({ id, fields }) => (
          <fieldset key={id} className="card panel">
            <legend>{t(`settings.${id}`)}</legend>
            <div className="fields">
              {fields.map((field: SettingField) => (
                <SettingInput key={field.name} field={field} readOnly={readOnly} />
              ))}
            </div>
          </fieldset>
        ))}
        {isOutdated && (
          <p className="note warn" role="status">
            {t('settings.outdated')}{' '}
            <button type="button" className="quiet" onClick={() => setBase(room)}>
              {t('settings.reload')}
            </button>
          </p>
        )}
        {!readOnly && <SubmitButton>{t('settings.save')}</SubmitButton>}
      </Form>
      {!readOnly && <AsTemplate room={base} />}
      {may('owner') && <Delete room={room} />}
    </>
  );
}

function AsTemplate({ room }: { room: Room }) {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const report = useReport();
  const save = ({ template }: { template: string }) => {
    const { id: _, state: __, draining: ___, version: ____, ...settings } = room;
    // A template is for other sales, so it has no times.
    const timeless = { ...settings, lobby_opens_at: null, opens_at: null, closes_at: null };
    return calls.saveTemplate(template, timeless);
  };
  return (
    <section className="card panel" aria-labelledby="template-title">
      <h2 id="template-title">{t('template.title')}</h2>
      <Form
        className="inline"
        values={{ template: '' }}
        toBody={({ template }) => ({ template })}
        send={save}
        done={({ name }) => report({ text: t('template.saved', { name }) })}
      >
        <FormInput
          {...{ name: 'template', type: 'text', required: true, autoComplete: 'off', autoCapitalize: 'none' }}
          pattern="[a-z0-9]([a-z0-9\-]{0,46}[a-z0-9])?"
          label={t('template.name')}
          hint={t('template.hint')}
        />
        <SubmitButton className="button plain">{t('template.save')}</SubmitButton>
      </Form>
    </section>
  );
}

function Delete({ room }: { room: Room }) {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const go = useNavigate();
  const act = useAct();
  const [asked, setAsked] = useState(false);
  const remove = async () => {
    const done = await act(
      () => calls.deleteRoom(room.id),
      () => ({ text: t('delete.done', { room: room.name }) }),
    );
    if (done !== null) go(roomsPath, { replace: true });
  };
  return (
    <section className="card panel" aria-labelledby="delete-title">
      <h2 id="delete-title">{t('delete.title')}</h2>
      <p>{t('delete.lead')}</p>
      <button type="button" className="button plain grave" onClick={() => setAsked(true)}>
        {t('delete.button')}
      </button>
      {asked && (
        <Confirm
          title={t('delete.confirm', { room: room.name })}
          button={t('delete.button')}
          grave
          typed={room.id}
          onConfirm={remove}
          onClose={() => setAsked(false)}
        >
          <p>{t('delete.consequence')}</p>
          <p>{t('consequence.no_undo')}</p>
        </Confirm>
      )}
    </section>
  );
}
