import { useAppContext } from '../app-context.tsx';
import type { RoomSettings } from '../documents.ts';
import { Choice, Field, TextField, Tick } from '../frame/field.tsx';
import { type SettingField, toText } from './setting-fields.ts';

type Props = {
  field: SettingField;
  settings: Partial<RoomSettings>;
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
      return <TextField {...common} maxLength={1_000} defaultValue={text} />;
    case 'moment':
      return <Field {...common} type="datetime-local" step={1} defaultValue={text} />;
    case 'share':
      return <Field {...common} type="number" min={0} max={90} step={0.1} defaultValue={text} />;
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
  | `queueing_method_${'fifo' | 'lottery' | 'passthrough' | 'reject'}`
  | `one_place_per_${'browser' | 'email'}`
  | `challenge_${'none' | 'pow'}`;

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
