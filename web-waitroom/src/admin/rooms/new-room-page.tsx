import { ROOM_TEXTS } from '@shopfast/kit/contracts/limits';
import type { NewRoom, SomeSettings, Template } from '@shopfast/kit/contracts/rooms';
import { type FormEvent, useState } from 'react';
import type { Failure } from '../../api/answered.ts';
import { Heading, useAppContext, useOperator } from '../app-context.tsx';
import { Choice, Field } from '../frame/field.tsx';
import { useAct } from '../frame/notices.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { useNavigation } from '../navigation.tsx';
import { roomPath } from '../routes.ts';
import { useAsked } from '../use-query.ts';
import { changedSettings, SETTING_GROUPS, type SettingField } from './setting-fields.ts';
import { SettingInput, textsOf } from './setting-input.tsx';

/** The settings that the form asks for; the others have defaults or come from the template. */
const ASKED: readonly SettingField[] = SETTING_GROUPS.flatMap(
  ({ fields }): readonly SettingField[] => fields,
).filter(({ name }) =>
  [
    'admissions_per_minute',
    'max_active',
    'queueing_method',
    'lobby_opens_at',
    'opens_at',
    'closes_at',
    'rehearsal',
  ].includes(name),
);

const USUAL = {
  ...{ name: '', admissions_per_minute: 600, max_active: 500, queueing_method: 'fifo', rehearsal: false },
  ...{ lobby_opens_at: null, opens_at: null, closes_at: null },
} as const satisfies SomeSettings;

/** A form for a new room. It can start from a template. */
export function NewRoomPage() {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const { go } = useNavigation();
  const act = useAct();
  const { data } = useAsked(['templates'], calls.templates);
  const [template, setTemplate] = useState<Template | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const settings = { ...USUAL, ...template?.settings };

  const create = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const changed = changedSettings(textsOf(event.currentTarget, ASKED), settings);
    const room: NewRoom = {
      ...{ id: String(form.get('id')), name: String(form.get('name')) },
      ...(template ? { template: template.name } : {}),
      ...changed,
    };
    const answer = await calls.createRoom(room);
    setFailure(answer.kind === 'ok' ? null : answer);
    if (answer.kind !== 'ok') return;
    await act(
      () => Promise.resolve(answer),
      ({ name }) => ({ text: t('new_room.done', { room: name }) }),
    );
    go(roomPath(answer.body.id));
  };
  const refusal = failure?.kind === 'refused' ? failure.refusal : null;
  const errorOf = (name: string) => refusal?.errors?.find(({ field }) => field === name)?.message;

  return (
    <div className="narrow">
      <Heading>{t('new_room.title')}</Heading>
      <p className="lead">{t('new_room.lead')}</p>
      <form className="card panel" onSubmit={(event) => void create(event)}>
        <Choice
          name="template"
          label={t('new_room.template')}
          hint={t('new_room.template_hint')}
          value={template?.name ?? ''}
          onChange={(event) =>
            setTemplate(data?.templates.find(({ name }) => name === event.target.value) ?? null)
          }
          options={[
            ['', t('new_room.no_template')],
            ...(data?.templates ?? []).map(({ name }) => [name, name] as const),
          ]}
        />
        <Field
          {...{
            name: 'name',
            type: 'text',
            required: true,
            maxLength: ROOM_TEXTS.name.most,
            autoComplete: 'off',
          }}
          label={t('setting.name')}
          hint={t('setting.name_hint')}
          error={errorOf('name')}
        />
        <Field
          {...{ name: 'id', type: 'text', required: true, maxLength: 48, autoComplete: 'off' }}
          {...{ pattern: '[a-z0-9]([a-z0-9\\-]{0,46}[a-z0-9])?', autoCapitalize: 'none' }}
          label={t('new_room.id')}
          hint={t('new_room.id_hint')}
          error={errorOf('id')}
        />
        <div className="fields" key={template?.name}>
          {ASKED.map((field) => (
            <SettingInput key={field.name} field={field} settings={settings} error={errorOf(field.name)} />
          ))}
        </div>
        {failure && <ProblemNote failure={failure} />}
        <button type="submit" className="button">
          {t('new_room.button')}
        </button>
      </form>
    </div>
  );
}
