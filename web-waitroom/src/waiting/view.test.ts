import { ETA_REASONS, type RoomState, type TicketStatus } from '@shopfast/kit/contracts/api';
import { createAmounts } from '@shopfast/kit/i18n/amounts';
import { loadCatalogue } from '@shopfast/kit/i18n/catalogues';
import { createTranslate } from '@shopfast/kit/i18n/translate';
import { describe, expect, test } from 'vitest';
import type { Node } from './dom.ts';
import { type Actions, type Page, pageOf } from './pages.ts';
import { initialState, reduce, type State } from './state.ts';
import { viewOf } from './view.ts';

const en = loadCatalogue('waiting', 'en');

const NOW = Date.UTC(2026, 10, 27, 9, 0, 0);

function inLine(
  ticket: Partial<TicketStatus>,
  roomState: RoomState = 'open',
  opensAt: string | null = null,
): State {
  const whole: TicketStatus = {
    state: 'waiting',
    number: 120,
    ahead: 100,
    eta_seconds: { low: 180, high: 300 },
    poll_after_ms: 5_000,
    ...ticket,
  };
  const room = { id: 'drop', name: 'Drop', state: roomState, opens_at: opensAt, admissions_per_minute: 600 };
  return reduce(initialState(NOW), { type: 'joined', answer: { ...whole, ticket: 'tkt_1', room }, at: NOW });
}

const words = { t: createTranslate(en, 'en-GB'), amounts: createAmounts('en-GB') };
const actions: Actions = {
  claim() {},
  giveEmail: () => false,
  haveCode() {},
  giveCode: () => false,
  goWithoutCode() {},
  askToLeave() {},
  openNotifications() {},
  startOver() {},
};
const page = (state: State, now = NOW, offset = 0): Page =>
  pageOf(viewOf(state, now, offset), words, actions);
const textOf = (nodes: (Node | string)[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : textOf(node.children))).join('|');

describe('which view', () => {
  test.each([
    [inLine({}), 'waiting'],
    [inLine({ state: 'lobby', number: null, ahead: null, eta_seconds: null }, 'lobby'), 'lobby'],
    [inLine({}, 'paused'), 'paused'],
    [inLine({}, 'sold_out'), 'sold_out'],
    [inLine({}, 'closed'), 'closed'],
    [inLine({ state: 'called', ahead: 0 }), 'called'],
    [inLine({ state: 'called', ahead: 0 }, 'paused'), 'called'],
    [inLine({ state: 'called', ahead: 0 }, 'sold_out'), 'called'],
    [inLine({ state: 'admitted', ahead: 0 }, 'closed'), 'going'],
    [inLine({ state: 'completed' }), 'completed'],
    [inLine({ state: 'revoked' }), 'revoked'],
    [initialState(NOW), 'joining'],
    [{ ...initialState(NOW), proof: { wanted: true, solved: null } }, 'checking'],
    [reduce(initialState(NOW), { type: 'code_wanted', at: NOW }), 'code'],
  ])('%#: the ticket’s state has priority over the room’s', (state, kind) => {
    expect(viewOf(state, NOW, 0).kind).toBe(kind);
  });
});

describe('countdowns', () => {
  test('to the opening follow the server’s clock, not the device’s', () => {
    const state = inLine({ state: 'lobby' }, 'lobby', new Date(NOW + 90_000).toISOString());
    const deviceIsAnHourLate = NOW - 3_600_000;
    expect(viewOf(state, deviceIsAnHourLate, 3_600_000)).toMatchObject({ opensInMs: 90_000 });
    expect(viewOf(state, NOW + 95_000, 0)).toMatchObject({ opensInMs: 0 });
  });

  test('to the end of the turn likewise', () => {
    const state = inLine({ state: 'called', claim_by: new Date(NOW + 42_000).toISOString() });
    expect(viewOf(state, NOW - 1_000, 1_000)).toMatchObject({ kind: 'called', leftMs: 42_000 });
    expect(textOf(page(state).nodes)).toContain('0:42');
  });
});

describe('what is said', () => {
  test('the tab’s title shows the place', () => {
    expect(page(inLine({})).title).toBe('100 people ahead · Drop');
    expect(page(inLine({ ahead: 0 })).title).toBe('You are next · Drop');
    expect(page(inLine({ state: 'called' })).title).toBe('It is your turn · Drop');
  });

  test('number, people ahead, wait, rate and the operator’s words are shown', () => {
    const state = { ...inLine({ message: 'Sizes 36 to 45' }), admissionsPerMinute: 600 };
    const text = textOf(page(state).nodes);
    for (const part of ['120', '100', '3–5 minutes', 'about 600', 'Sizes 36 to 45', 'Last updated'])
      expect(text).toContain(part);
  });

  test.each(ETA_REASONS)(
    'a wait that grows is explained, on the page and to screen readers: %s',
    (reason) => {
      const explained = page(inLine({ eta_reason: reason }));
      const sentence = en[`eta.${reason}`];
      expect(textOf(explained.nodes)).toContain(sentence);
      expect(explained.said).toContain(sentence);
      expect(textOf(page(inLine({})).nodes)).not.toContain(sentence);
    },
  );

  test('trouble is said first, and the place stays on the page', () => {
    const state: State = { ...inLine({}), trouble: 'busy' };
    expect(page(state).said).toContain('holding your place');
    expect(textOf(page(state).nodes)).toContain('100');
  });

  test('a place in line can be left; a place that is gone can be taken anew', () => {
    expect(textOf(page(inLine({})).nodes)).toContain('Leave the line');
    expect(textOf(page(inLine({ state: 'expired' })).nodes)).toContain('Join again');
  });
});
