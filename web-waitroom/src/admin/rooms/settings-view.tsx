import type { Room } from '@shopfast/kit/contracts/rooms';
import { type FormEvent, useState } from 'react';
import type { Failure } from '../../api/answered.ts';
import { useAppContext, useOperator } from '../app-context.tsx';
import { Confirm } from '../frame/confirm.tsx';
import { Field } from '../frame/field.tsx';
import { useAct } from '../frame/notices.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { useNavigation } from '../navigation.tsx';
import { roomsPath } from '../routes.ts';
import { changedSettings, SETTING_GROUPS, type SettingField } from './setting-fields.ts';
import { SettingInput, textsOf } from './setting-input.tsx';

const FIELDS: readonly SettingField[] = SETTING_GROUPS.flatMap(
  ({ fields }): readonly SettingField[] => fields,
);

/** All settings of a room; read-only without the role to change them. */
export function SettingsView({ room }: { room: Room }) {
  const { t } = useAppContext();
  const { calls, may } = useOperator();
  const act = useAct();
  // The version that the form was filled from: the gateway refuses to overwrite a concurrent change.
  const [base, setBase] = useState(room);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const readOnly = !may('operator');

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const changes = changedSettings(textsOf(event.currentTarget, FIELDS), base);
    if (busy) return;
    if (Object.keys(changes).length === 0) return setFailure(null);
    setBusy(true);
    const answer = await calls.changeRoom(base.id, changes, base.version);
    setBusy(false);
    setFailure(answer.kind === 'ok' ? null : answer);
    if (answer.kind !== 'ok') return;
    const before = Object.fromEntries(
      Object.keys(changes).map((name) => [name, base[name as keyof Room]]),
    ) as typeof changes;
    setBase(answer.body);
    await act(
      () => Promise.resolve(answer),
      (changed) => ({
        text: t('settings.saved', { count: Object.keys(changes).length }),
        undo: {
          run: async () => {
            const undone = await calls.changeRoom(base.id, before, changed.version);
            if (undone.kind === 'ok') setBase(undone.body);
            return undone;
          },
          text: t('settings.undone'),
        },
      }),
    );
  };
  const refusal = failure?.kind === 'refused' ? failure.refusal : null;
  const errorOf = (name: string) => refusal?.errors?.find(({ field }) => field === name)?.message;
  const isOutdated = base.version !== room.version;

  return (
    <>
      <form className="settings" onSubmit={(event) => void save(event)}>
        <p className="hint">
          {t('settings.zone', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
        </p>
        {SETTING_GROUPS.map(({ id, fields }) => (
          // Filled again after a save.
          <fieldset key={`${id} ${base.version}`} className="card panel">
            <legend>{t(`settings.${id}`)}</legend>
            <div className="fields">
              {fields.map((field: SettingField) => (
                <SettingInput
                  key={field.name}
                  field={field}
                  settings={base}
                  error={errorOf(field.name)}
                  readOnly={readOnly}
                />
              ))}
            </div>
          </fieldset>
        ))}
        {failure && <ProblemNote failure={failure} />}
        {isOutdated && (
          <p className="note warn" role="status">
            {t('settings.outdated')}{' '}
            <button type="button" className="quiet" onClick={() => setBase(room)}>
              {t('settings.reload')}
            </button>
          </p>
        )}
        {!readOnly && (
          <button type="submit" className="button" disabled={busy}>
            {t('settings.save')}
          </button>
        )}
      </form>
      {!readOnly && <AsTemplate room={base} />}
      {may('owner') && <Delete room={room} />}
    </>
  );
}

function AsTemplate({ room }: { room: Room }) {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const act = useAct();
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('template'));
    const { id: _, state: __, draining: ___, version: ____, ...settings } = room;
    // A template is for other sales, so it has no times.
    const timeless = { ...settings, lobby_opens_at: null, opens_at: null, closes_at: null };
    await act(
      () => calls.saveTemplate(name, timeless),
      () => ({ text: t('template.saved', { name }) }),
    );
  };
  return (
    <section className="card panel" aria-labelledby="template-title">
      <h2 id="template-title">{t('template.title')}</h2>
      <form className="inline" onSubmit={(event) => void save(event)}>
        <Field
          {...{
            name: 'template',
            type: 'text',
            required: true,
            pattern: '[a-z0-9]([a-z0-9\\-]{0,46}[a-z0-9])?',
          }}
          {...{ autoComplete: 'off', autoCapitalize: 'none' }}
          label={t('template.name')}
          hint={t('template.hint')}
        />
        <button type="submit" className="button plain">
          {t('template.save')}
        </button>
      </form>
    </section>
  );
}

function Delete({ room }: { room: Room }) {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const { go } = useNavigation();
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
