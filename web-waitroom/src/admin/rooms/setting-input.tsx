import {
  type CHALLENGES,
  type ONE_PLACE_PER,
  type QUEUEING_METHODS,
  ROOM_NUMBERS,
  ROOM_TEXTS,
} from '@shopfast/kit/contracts/limits';
import { FormChoice, FormInput, FormText, FormTick } from '../../app/form-fields.tsx';
import { useAppContext } from '../app-context.tsx';
import type { SettingField } from './setting-fields.ts';

/** The input of one setting, in a form with the values of `formValues`. */
export function SettingInput({ field, readOnly = false }: { field: SettingField; readOnly?: boolean }) {
  const { t } = useAppContext();
  const { name } = field;
  const common = {
    ...{ name, label: t(`setting.${name}`), hint: t(`setting.${name}_hint`), disabled: readOnly },
  };
  switch (field.kind) {
    case 'choice':
      return (
        <FormChoice
          {...common}
          options={field.options.map((option) => [option, t(choiceKey(`${name}_${option}`))] as const)}
        />
      );
    case 'yes':
      return <FormTick {...common} />;
    case 'long':
      return <FormText {...common} maxLength={ROOM_TEXTS.message.most} />;
    case 'moment':
      return <FormInput {...common} type="datetime-local" step={1} />;
    case 'share':
      return (
        <FormInput
          {...common}
          {...{ type: 'number', min: 0, max: 100 * ROOM_NUMBERS.priority_share.most, step: 0.1 }}
        />
      );
    case 'whole':
      return (
        <FormInput
          {...common}
          {...{ type: 'number', min: field.least, max: field.most, step: 1, required: !field.optional }}
        />
      );
    case 'number':
      return (
        <FormInput
          {...common}
          {...{ type: 'number', min: field.least, max: field.most, step: 'any', required: true }}
        />
      );
    case 'text':
      return <FormInput {...common} type="text" required />;
  }
}

type ChoiceName =
  | `queueing_method_${(typeof QUEUEING_METHODS)[number]}`
  | `one_place_per_${(typeof ONE_PLACE_PER)[number]}`
  | `challenge_${(typeof CHALLENGES)[number]}`;

// A field's options are those of its name, which TypeScript does not see in a list of fields.
const choiceKey = (name: string) => `choice.${name}` as `choice.${ChoiceName}`;
