import type { RoomSettings } from '@shopfast/kit/contracts/rooms';
import { expect, test } from 'vitest';
import { changedSettings, formValues, fromText, SETTING_FIELDS, toText } from './setting-fields.ts';

const ROOM: RoomSettings = {
  ...{ name: 'Sale', admissions_per_minute: 600, max_active: 500, queueing_method: 'fifo' },
  ...{ lobby_opens_at: null, opens_at: '2026-11-27T09:00:00.000Z', closes_at: null, claim_seconds: 60 },
  ...{ token_ttl_seconds: 600, abandon_after_seconds: 120, poll_budget_rps: 2_000, poll_min_ms: 2_000 },
  ...{ poll_max_ms: 60_000, stock_factor: 2.5, one_place_per: 'browser', challenge: 'none' },
  ...{ checkout_url: '/shop', message: null, priority_share: 0.125, invite_only: true, max_quantity: null },
  rehearsal: false,
  fail_mode: 'closed',
};

test('every setting of a room but fail_mode has a field, and survives a round trip through it', () => {
  const shown = Object.keys(ROOM).filter((name) => name !== 'fail_mode');
  expect(SETTING_FIELDS.map(({ name }) => name).sort()).toEqual(shown.sort());
  for (const field of SETTING_FIELDS)
    expect(fromText(field, toText(field, ROOM)), field.name).toEqual(ROOM[field.name]);
});

test('unchanged settings are not sent', () => {
  const values = formValues(SETTING_FIELDS, ROOM);
  expect(changedSettings(values, ROOM)).toEqual({});
  const changed = {
    opens_at: '',
    priority_share: '30',
    message: ' Soon! ',
    max_quantity: '2',
    rehearsal: true,
  };
  expect(changedSettings({ ...values, ...changed }, ROOM)).toEqual({
    ...{ opens_at: null, priority_share: 0.3, message: 'Soon!', max_quantity: 2, rehearsal: true },
  });
});
