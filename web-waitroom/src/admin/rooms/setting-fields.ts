import { CHALLENGES, ONE_PLACE_PER, QUEUEING_METHODS, ROOM_NUMBERS } from '@shopfast/kit/contracts/limits';
import type { RoomSettings, SomeSettings } from '@shopfast/kit/contracts/rooms';
import { fromField, toField } from '../moments.ts';

/** The settings of the form. `fail_mode` concerns protected addresses, and is set by the API alone. */
export type SettingName = Exclude<keyof RoomSettings, 'fail_mode'>;

/** The kind of input that a setting has. */
export type SettingField = { name: SettingName } & (
  | { kind: 'text' | 'long' | 'moment' | 'yes' | 'share' }
  | { kind: 'whole'; least: number; most: number; optional?: true }
  | { kind: 'number'; least: number; most: number }
  | { kind: 'choice'; options: readonly string[] }
);

type WholeNumber = Exclude<keyof typeof ROOM_NUMBERS, 'stock_factor' | 'priority_share'>;

const whole = <Name extends WholeNumber>(name: Name) => ({
  name,
  kind: 'whole' as const,
  ...ROOM_NUMBERS[name],
});

export const SETTING_GROUPS = [
  {
    id: 'schedule',
    fields: [
      { name: 'lobby_opens_at', kind: 'moment' },
      { name: 'opens_at', kind: 'moment' },
      { name: 'closes_at', kind: 'moment' },
    ],
  },
  {
    id: 'pace',
    fields: [
      whole('admissions_per_minute'),
      whole('max_active'),
      { name: 'stock_factor', kind: 'number', ...ROOM_NUMBERS.stock_factor },
      { name: 'priority_share', kind: 'share' },
    ],
  },
  {
    id: 'line',
    fields: [
      { name: 'queueing_method', kind: 'choice', options: QUEUEING_METHODS },
      { name: 'one_place_per', kind: 'choice', options: ONE_PLACE_PER },
      { name: 'challenge', kind: 'choice', options: CHALLENGES },
      { name: 'invite_only', kind: 'yes' },
      { name: 'rehearsal', kind: 'yes' },
    ],
  },
  {
    id: 'shop',
    fields: [
      { name: 'name', kind: 'text' },
      { name: 'message', kind: 'long' },
      { name: 'checkout_url', kind: 'text' },
      { ...whole('max_quantity'), optional: true },
    ],
  },
  {
    id: 'times',
    fields: [
      whole('claim_seconds'),
      whole('token_ttl_seconds'),
      whole('abandon_after_seconds'),
      whole('poll_min_ms'),
      whole('poll_max_ms'),
      whole('poll_budget_rps'),
    ],
  },
] as const satisfies readonly { id: string; fields: readonly SettingField[] }[];

/** The text of a setting's input. */
export function toText(field: SettingField, settings: SomeSettings): string {
  const value = settings[field.name];
  if (field.kind === 'moment') return toField(typeof value === 'string' ? value : null);
  if (field.kind === 'share') return String(Math.round(Number(value ?? 0) * 1_000) / 10);
  return value === null || value === undefined ? '' : String(value);
}

/** The setting that an input's text stands for. The gateway checks whether it is allowed. */
export function fromText(field: SettingField, text: string): unknown {
  switch (field.kind) {
    case 'moment':
      return fromField(text);
    case 'share':
      return Math.round(Number(text) * 10) / 1_000;
    case 'number':
    case 'whole':
      if (text.trim() === '') return null;
      return Number(text);
    case 'yes':
      return text === 'true';
    case 'long':
      return text.trim() === '' ? null : text.trim();
    default:
      return text.trim();
  }
}

/** Every field of the form, in order. */
export const SETTING_FIELDS: readonly SettingField[] = SETTING_GROUPS.flatMap(
  ({ fields }): readonly SettingField[] => fields,
);

/** What the inputs hold: a boolean for a checkbox, the text of any other. */
export type FormValues = Partial<Record<SettingName, string | boolean>>;

/** The values of a form with these fields. */
export function formValues(fields: readonly SettingField[], settings: SomeSettings): FormValues {
  return Object.fromEntries(
    fields.map((field) => {
      const text = toText(field, settings);
      return [field.name, field.kind === 'yes' ? text === 'true' : text];
    }),
  );
}

/** The settings that differ from the room's. */
export function changedSettings(values: FormValues, room: SomeSettings): SomeSettings {
  return Object.fromEntries(
    SETTING_FIELDS.flatMap((field) => {
      const value = values[field.name];
      if (value === undefined || String(value) === toText(field, room)) return [];
      return [[field.name, fromText(field, String(value))]];
    }),
  );
}
