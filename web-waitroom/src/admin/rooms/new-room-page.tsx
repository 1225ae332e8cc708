import { ROOM_TEXTS } from '@shopfast/kit/contracts/limits';
import type { NewRoom, SomeSettings, Template } from '@shopfast/kit/contracts/rooms';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Choice } from '../../app/field.tsx';
import { Form } from '../../app/form.tsx';
import { FormInput, SubmitButton } from '../../app/form-fields.tsx';
import { Heading } from '../../app/heading.tsx';
import { useAppContext, useOperator } from '../app-context.tsx';
import { contract } from '../contract.ts';
import { useReport } from '../frame/notices.tsx';
import { roomPath } from '../routes.ts';
import { useAsked } from '../use-query.ts';
import {
  changedSettings,
  type FormValues,
  formValues,
  SETTING_FIELDS,
  type SettingName,
} from './setting-fields.ts';
import { SettingInput } from './setting-input.tsx';

const NAMES: readonly SettingName[] = [
  'admissions_per_minute',
  'max_active',
  'queueing_method',
  'lobby_opens_at',
  'opens_at',
  'closes_at',
  'rehearsal',
];
/** The settings that the form asks for; the others have defaults or come from the template. */
const ASKED = SETTING_FIELDS.filter(({ name }) => NAMES.includes(name));

const USUAL = {
  ...{ name: '', admissions_per_minute: 600, max_active: 500, queueing_method: 'fifo', rehearsal: false },
  ...{ lobby_opens_at: null, opens_at: null, closes_at: null },
} as const satisfies SomeSettings;

/** A form for a new room. It can start from a template. */
export function NewRoomPage() {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const go = useNavigate();
  const report = useReport();
  const { data } = useAsked(['templates'], calls.templates);
  const [template, setTemplate] = useState<Template | null>(null);
  const settings = { ...USUAL, ...template?.settings };
  const toBody = ({ id, name, ...values }: Values): NewRoom => ({
    ...{ id, name },
    ...(template ? { template: template.name } : {}),
    ...changedSettings(values, settings),
  });
  return (
    <div className="narrow">
      <Heading>{t('new_room.title')}</Heading>
      <p className="lead">{t('new_room.lead')}</p>
      <Form
        className="card panel"
        values={{ ...formValues(ASKED, settings), id: '', name: '' }}
        version={template?.name}
        keep={['id', 'name']}
        toBody={toBody}
        check={contract('new_room')}
        send={calls.createRoom}
        done={({ id, name }) => {
          report({ text: t('new_room.done', { room: name }) });
          go(roomPath(id));
        }}
      >
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
        <FormInput
          {...{ name: 'name', type: 'text', required: true, maxLength: ROOM_TEXTS.name.most }}
          autoComplete="off"
          label={t('setting.name')}
          hint={t('setting.name_hint')}
        />
        <FormInput
          {...{ name: 'id', type: 'text', required: true, maxLength: 48, autoComplete: 'off' }}
          {...{ pattern: '[a-z0-9]([a-z0-9\\-]{0,46}[a-z0-9])?', autoCapitalize: 'none' }}
          label={t('new_room.id')}
          hint={t('new_room.id_hint')}
        />
        <div className="fields">
          {ASKED.map((field) => (
            <SettingInput key={field.name} field={field} />
          ))}
        </div>
        <SubmitButton>{t('new_room.button')}</SubmitButton>
      </Form>
    </div>
  );
}

type Values = FormValues & { id: string; name: string };
