import {
  type CHALLENGES,
  type ONE_PLACE_PER,
  type QUEUEING_METHODS,
  ROOM_NUMBERS,
  ROOM_TEXTS,
} from '@shopfast/kit/contracts/limits';
import type { SomeSettings } from '@shopfast/kit/contracts/rooms';
import { useAppContext } from '../app-context.tsx';
import { Choice, Field, TextField, Tick } from '../frame/field.tsx';
import { type SettingField, toText } from './setting-fields.ts';

type Props = {
  field: SettingField;
  settings: SomeSettings;
  error?: string | undefined;
  readOnly?: boolean;
};

/** The input of one setting. The form is read by the settings' names. */
export function SettingInput({ field, settings, error, readOnly = false }: Props) {
  const { t } = useAppContext();
  const { name } = field;
  const common = {
    ...{ name, error, label: t(`setting.${name}`), hint: t(`setting.${name}_hint`) },
    ...(readOnly ? { disabled: true } : {}),
  };
  const text = toText(field, settings);
  switch (field.kind) {
    case 'choice':
      return (
        <Choice
          {...common}
          defaultValue={text}
          options={field.options.map((option) => [option, t(choiceKey(`${name}_${option}`))] as const)}
        />
      );
    case 'yes':
      return <Tick {...common} value="true" defaultChecked={text === 'true'} />;
    case 'long':
      return <TextField {...common} maxLength={ROOM_TEXTS.message.most} defaultValue={text} />;
    case 'moment':
      return <Field {...common} type="datetime-local" step={1} defaultValue={text} />;
    case 'share':
      return (
        <Field
          {...common}
          type="number"
          min={0}
          max={100 * ROOM_NUMBERS.priority_share.most}
          step={0.1}
          defaultValue={text}
        />
      );
    case 'whole':
      return (
        <Field
          {...common}
          {...{ type: 'number', min: field.least, max: field.most, step: 1, required: !field.optional }}
          defaultValue={text}
        />
      );
    case 'number':
      return (
        <Field
          {...common}
          {...{ type: 'number', min: field.least, max: field.most, step: 'any', required: true }}
          defaultValue={text}
        />
      );
    case 'text':
      return <Field {...common} type="text" required defaultValue={text} />;
  }
}

type ChoiceName =
  | `queueing_method_${(typeof QUEUEING_METHODS)[number]}`
  | `one_place_per_${(typeof ONE_PLACE_PER)[number]}`
  | `challenge_${(typeof CHALLENGES)[number]}`;

const choiceKey = (name: string) => `choice.${name}` as `choice.${ChoiceName}`;

/** A form's texts by setting; an unticked box is false. */
export function textsOf(form: HTMLFormElement, fields: readonly SettingField[]) {
  const data = new FormData(form);
  return new Map(
    fields.map(({ name, kind }) => [
      name,
      kind === 'yes' ? String(data.has(name)) : String(data.get(name) ?? ''),
    ]),
  );
}
