import type { RoomSettings, SettingName } from '../documents.ts';
import { fromField, toField } from '../moments.ts';

/** The kind of input that a setting has. */
export type SettingField = { name: SettingName } & (
  | { kind: 'text' | 'long' | 'moment' | 'yes' | 'share' }
  | { kind: 'whole'; least: number; most: number; optional?: true }
  | { kind: 'number'; least: number; most: number }
  | { kind: 'choice'; options: readonly string[] }
);

const whole = (name: SettingName, least: number, most: number): SettingField => ({
  name,
  kind: 'whole',
  least,
  most,
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
      whole('admissions_per_minute', 1, 60_000),
      whole('max_active', 1, 1_000_000),
      { name: 'stock_factor', kind: 'number', least: 1, most: 1_000 },
      { name: 'priority_share', kind: 'share' },
    ],
  },
  {
    id: 'line',
    fields: [
      { name: 'queueing_method', kind: 'choice', options: ['fifo', 'lottery', 'passthrough', 'reject'] },
      { name: 'one_place_per', kind: 'choice', options: ['browser', 'email'] },
      { name: 'challenge', kind: 'choice', options: ['none', 'pow'] },
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
      { name: 'max_quantity', kind: 'whole', least: 1, most: 100, optional: true },
    ],
  },
  {
    id: 'times',
    fields: [
      whole('claim_seconds', 5, 3_600),
      whole('token_ttl_seconds', 1, 86_400),
      whole('abandon_after_seconds', 10, 86_400),
      whole('poll_min_ms', 200, 60_000),
      whole('poll_max_ms', 1_000, 600_000),
      whole('poll_budget_rps', 1, 1_000_000),
    ],
  },
] as const satisfies readonly { id: string; fields: readonly SettingField[] }[];

/** The text of a setting's input. */
export function toText(field: SettingField, settings: Partial<RoomSettings>): string {
  const value = settings[field.name];
  if (field.kind === 'moment') return toField((value as string | null | undefined) ?? null);
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

/** The settings that differ from the room's. */
export function changedSettings(
  texts: ReadonlyMap<SettingName, string>,
  room: RoomSettings,
): Partial<RoomSettings> {
  const fields: readonly SettingField[] = SETTING_GROUPS.flatMap(
    ({ fields }): readonly SettingField[] => fields,
  );
  return Object.fromEntries(
    fields.flatMap((field) => {
      const text = texts.get(field.name);
      if (text === undefined || text === toText(field, room)) return [];
      return [[field.name, fromText(field, text)]];
    }),
  );
}
