import type { JoinAnswer, RoomStatus, TicketStatus } from '@shopfast/kit/contracts/api';
import { describe, expect, test } from 'vitest';
import type { Refusal } from '../api/ask.ts';
import { type Event, initialState, nextStep, READING_MS, reduce, type State } from './state.ts';

const ticket = (more: Partial<TicketStatus> = {}): TicketStatus => ({
  state: 'waiting',
  number: 120,
  ahead: 100,
  eta_seconds: { low: 60, high: 120 },
  poll_after_ms: 5_000,
  ...more,
});
const room = { id: 'drop', name: 'Drop', state: 'open', opens_at: null, admissions_per_minute: 600 } as const;
const joinAnswer = (more: Partial<JoinAnswer> = {}): JoinAnswer => ({
  ...ticket(),
  ticket: 'tkt_1',
  room,
  ...more,
});
const status = (more: Partial<RoomStatus> = {}): RoomStatus => ({
  state: 'open',
  serving: 20,
  waiting: 100,
  active: 5,
  admissions_per_minute: 600,
  remaining: 50,
  opens_at: null,
  lottery: null,
  updated_at: '2026-11-27T09:00:00.000Z',
  ...more,
});
const refusal = (httpStatus: number, code: string, retryAfterMs: number | null = null): Refusal => ({
  status: httpStatus,
  code,
  title: 'Title',
  detail: null,
  retryAfterMs,
});
const refused = (doing: 'join' | 'ask' | 'claim' | 'leave' | 'prove', what: Refusal, at = 1_000): Event => ({
  type: 'failed',
  doing,
  failure: { kind: 'refused', refusal: what },
  at,
  chance: 0,
});
const unreachable = (doing: 'join' | 'ask' | 'claim' | 'leave', at = 1_000): Event => ({
  type: 'failed',
  doing,
  failure: { kind: 'unreachable' },
  at,
  chance: 0,
});
const stateAfter = (...events: Event[]): State => events.reduce(reduce, initialState(0));
const joined: Event = { type: 'joined', answer: joinAnswer(), at: 1_000 };
const seen = (more: Partial<RoomStatus>, at = 2_000): Event => ({
  type: 'room_seen',
  status: status(more),
  at,
  chance: 0,
});
const asked = (more: Partial<TicketStatus>, at = 2_000): Event => ({
  type: 'asked',
  ticket: ticket(more),
  at,
});

describe('asking', () => {
  test('joins at once, then polls exactly when the server says', () => {
    expect(nextStep(initialState(500), true)).toEqual({ ask: 'join', at: 500 });
    expect(nextStep(stateAfter(joined), true)).toEqual({ ask: 'ask', at: 6_000 });
    expect(nextStep(stateAfter(joined, asked({ poll_after_ms: 12_345 })), false)).toEqual({
      ask: 'ask',
      at: 14_345,
    });
  });

  test('with a busy server the place stays shown, and polling waits as long as the server says', () => {
    const state = stateAfter(joined, refused('ask', refusal(503, 'unavailable', 9_000), 6_000));
    expect(state).toMatchObject({ stage: 'in_line', trouble: 'busy', ticket: { number: 120, ahead: 100 } });
    expect(nextStep(state, true)).toEqual({ ask: 'ask', at: 15_000 });
  });

  test('a good answer ends the problem', () => {
    const state = stateAfter(joined, unreachable('ask'), unreachable('ask'), asked({}));
    expect(state).toMatchObject({ trouble: null, failures: 0 });
  });

  test('without a connection it says so, and polls at once when the connection is back', () => {
    const gone = stateAfter(
      joined,
      { type: 'connection', online: false, at: 2_000 },
      unreachable('ask', 6_000),
    );
    expect(gone).toMatchObject({ trouble: 'offline', ticket: { number: 120 } });
    const back = reduce(gone, { type: 'connection', online: true, at: 9_000 });
    expect(nextStep(back, true)).toEqual({ ask: 'ask', at: 9_000 });
  });

  test('a join is tried again while the server is busy, but not in a closed or unknown room', () => {
    expect(nextStep(stateAfter(refused('join', refusal(503, 'overloaded', 4_000))), true)).toEqual({
      ask: 'join',
      at: 5_000,
    });
    expect(nextStep(stateAfter(refused('join', refusal(409, 'room_closed'))), true)).toBeNull();
    expect(stateAfter(refused('join', refusal(404, 'room_unknown'))).end).toBe('unknown_room');
  });

  test('while the room is closed only the shared status is polled; the join follows when it opens', () => {
    const state = stateAfter(refused('join', refusal(409, 'room_not_open')));
    expect(nextStep(state, true)).toEqual({ ask: 'look', at: 4_000 });
    const still = reduce(state, seen({ state: 'scheduled' }, 5_000));
    expect(nextStep(still, true)).toEqual({ ask: 'look', at: 8_000 });
    const open = reduce(still, seen({ state: 'lobby' }, 10_000));
    expect(nextStep(open, true)).toEqual({ ask: 'join', at: 10_000 });
    expect(reduce(open, { ...joined, at: 60_000 } as Event)).toMatchObject({
      stage: 'in_line',
      room: { state: 'open' },
    });
  });
});

describe('a room that checks browsers', () => {
  const wanted = stateAfter(refused('join', refusal(403, 'proof_required')));
  const proved = reduce(wanted, { type: 'proved', proof: 'solved', at: 3_000 });

  test('has its challenge solved at once, then is joined with the proof', () => {
    expect(nextStep(wanted, true)).toEqual({ ask: 'prove', at: 1_000 });
    expect(nextStep(proved, true)).toEqual({ ask: 'join', at: 3_000 });
    expect(proved.proof.solved).toBe('solved');
    expect(reduce(proved, joined)).toMatchObject({ stage: 'in_line', proof: { solved: null } });
  });

  test('is asked for a new challenge when the proof is refused, but not in a tight loop', () => {
    const again = reduce(proved, refused('join', refusal(403, 'proof_invalid'), 4_000));
    expect(nextStep(again, true)?.ask).toBe('prove');
    expect(nextStep(again, true)?.at).toBeGreaterThan(5_000);
    const forgetful = reduce(proved, refused('join', refusal(403, 'proof_required'), 4_000));
    expect(nextStep(forgetful, true)?.at).toBeGreaterThan(5_000);
  });

  test('keeps the proof while it is too busy to take it', () => {
    const held = reduce(proved, refused('join', refusal(503, 'overloaded', 4_000), 4_000));
    expect(nextStep(held, true)).toEqual({ ask: 'join', at: 8_000 });
    expect(held.proof.solved).toBe('solved');
  });

  test('that stopped checking is joined without a proof', () => {
    const free = reduce(wanted, refused('prove', refusal(404, 'not_found'), 2_000));
    expect(nextStep(free, true)).toEqual({ ask: 'join', at: 2_000 });
    expect(reduce(wanted, refused('prove', refusal(404, 'room_unknown'))).end).toBe('unknown_room');
  });

  test('says so if the browser cannot solve it', () => {
    expect(reduce(wanted, { type: 'cannot_prove' }).end).toBe('insecure');
  });
});

describe('the turn', () => {
  const called = stateAfter(
    joined,
    asked({ state: 'called', ahead: 0, claim_by: '2026-11-27T09:01:00Z' }, 10_000),
  );

  test('is claimed automatically in a visible page, after a moment to read', () => {
    expect(nextStep(called, true)).toEqual({ ask: 'claim', at: 10_000 + READING_MS });
  });

  test('is not claimed in a hidden tab; polling continues', () => {
    expect(nextStep(called, false)).toEqual({ ask: 'ask', at: 15_000 });
  });

  test('sends nothing else during the claim, and ends with the reservation', () => {
    const claiming = reduce(called, { type: 'claim_sent' });
    expect(nextStep(claiming, true)).toBeNull();
    expect(reduce(claiming, { type: 'claimed' })).toMatchObject({ stage: 'going' });
  });

  test('a claim that failed is tried again, later', () => {
    const claiming = reduce(called, { type: 'claim_sent' });
    const state = reduce(claiming, refused('claim', refusal(503, 'unavailable', 2_000), 20_000));
    expect(nextStep(state, true)).toEqual({ ask: 'claim', at: 22_000 });
    const early = reduce(claiming, refused('claim', refusal(409, 'not_called'), 20_000));
    expect(nextStep(early, true)?.at).toBeGreaterThan(20_000);
  });

  test('an admitted shopper who returns gets the same reservation again', () => {
    const state = stateAfter({
      type: 'joined',
      answer: joinAnswer({ state: 'admitted', ahead: 0 }),
      at: 1_000,
    });
    expect(nextStep(state, true)).toMatchObject({ ask: 'claim' });
  });

  test('an expired one ends in "expired"', () => {
    expect(reduce(called, refused('ask', refusal(410, 'ticket_expired'))).end).toBe('expired');
  });
});

describe('ends', () => {
  test.each([
    [410, 'ticket_expired', 'expired'],
    [404, 'ticket_unknown', 'expired'],
    [401, 'ticket_missing', 'no_cookies'],
    [409, 'room_closed', 'closed'],
    [404, 'not_found', 'unknown_room'],
    [422, 'invalid_request', 'refused'],
  ] as const)('%i %s is "%s", and polling ends', (httpStatus, code, end) => {
    const state = stateAfter(joined, refused('ask', refusal(httpStatus, code)));
    expect(state.end).toBe(end);
    expect(nextStep(state, true)).toBeNull();
  });

  test.each(['expired', 'revoked', 'left', 'completed'] as const)('a ticket that is %s', (state) => {
    expect(stateAfter(joined, asked({ state })).end).toBe(state);
  });

  test('leaving is final: a late answer does not bring the place back', () => {
    const left = stateAfter(joined, { type: 'left' });
    expect(reduce(left, asked({}))).toBe(left);
    expect(reduce(left, unreachable('ask'))).toBe(left);
  });

  test('a failed leave keeps the place', () => {
    expect(stateAfter(joined, unreachable('leave'))).toMatchObject({ stage: 'in_line', trouble: 'leaving' });
    expect(stateAfter(joined, refused('leave', refusal(410, 'ticket_expired'))).end).toBe('left');
  });

  test('starting over asks for a new place and forgets the old one', () => {
    const state = stateAfter(joined, { type: 'left' }, { type: 'started_over', at: 9_000 });
    expect(state).toMatchObject({ stage: 'joining', ticket: null, end: null });
    expect(nextStep(state, true)).toEqual({ ask: 'join', at: 9_000 });
  });
});

test('the room’s state comes with the ticket and with the shared status', () => {
  const paused = stateAfter(joined, asked({ room_state: 'paused' }));
  expect(paused.room.state).toBe('paused');
  const news = stateAfter(joined, seen({ state: 'sold_out', admissions_per_minute: 90 }));
  expect(news).toMatchObject({ room: { state: 'sold_out', name: 'Drop' }, admissionsPerMinute: 90 });
});

test('a shared status that is a second old does not undo what came with the ticket', () => {
  const paused = stateAfter(joined, asked({ room_state: 'paused' }));
  expect(reduce(paused, seen({ state: 'open' })).room.state).toBe('paused');
});

describe('a room with one place for each e-mail address', () => {
  const wantsEmail: Event = refused('join', { ...refusal(422, 'invalid_request'), fields: ['email'] });
  const given: Event = { type: 'email_given', email: 'ann@example.com', at: 5_000 };

  test('asks for it, and sends nothing until it is typed', () => {
    expect(nextStep(stateAfter(wantsEmail), true)).toBeNull();
    expect(nextStep(stateAfter(wantsEmail, given), true)).toEqual({ ask: 'join', at: 5_000 });
    expect(stateAfter(wantsEmail, given).email.given).toBe('ann@example.com');
  });

  test('that refuses the address asks again', () => {
    expect(nextStep(stateAfter(wantsEmail, given, wantsEmail), true)).toBeNull();
  });

  test('another error is not mistaken for a wrong address', () => {
    const state = stateAfter(refused('join', { ...refusal(422, 'invalid_request'), fields: ['locale'] }));
    expect(state.end).toBe('refused');
  });
});

test('the secret of the ticket is kept for a resume link, and forgotten when the shopper starts over', () => {
  expect(stateAfter(joined).secret).toMatch(/^tkt_/);
  expect(stateAfter(joined, { type: 'started_over', at: 2_000 }).secret).toBeNull();
});

describe('an invite or priority code', () => {
  const needed: Event = refused('join', refusal(403, 'invite_required'));
  const wrong: Event = refused('join', refusal(403, 'code_invalid'));
  const typed: Event = { type: 'code_given', code: 'inv_1', at: 5_000 };
  const linked = initialState(0, undefined, 'pri_1');

  test('from the link is sent with the first join, and forgotten once there is a place', () => {
    expect(nextStep(linked, true)).toEqual({ ask: 'join', at: 0 });
    expect(linked.code.given).toBe('pri_1');
    expect(reduce(linked, joined).code.given).toBeNull();
  });

  test('is asked for in invite-only rooms, and nothing is sent until it is typed', () => {
    expect(nextStep(stateAfter(needed), true)).toBeNull();
    expect(nextStep(stateAfter(needed, typed), true)).toEqual({ ask: 'join', at: 5_000 });
    expect(stateAfter(needed, typed).code).toMatchObject({ given: 'inv_1', form: 'sent' });
  });

  test('that is refused stays in the field, and the shopper can continue without it', () => {
    const state = reduce(linked, wrong);
    expect(state).toMatchObject({ stage: 'joining', code: { given: 'pri_1', form: 'open', refused: true } });
    const without = reduce(state, { type: 'code_given', code: null, at: 6_000 });
    expect(nextStep(without, true)).toEqual({ ask: 'join', at: 6_000 });
    expect(without.code.given).toBeNull();
  });

  test('is kept while the room is closed', () => {
    const waits = reduce(linked, refused('join', refusal(409, 'room_not_open')));
    const open = reduce(waits, seen({ state: 'open' }, 9_000));
    expect(nextStep(open, true)).toEqual({ ask: 'join', at: 9_000 });
    expect(open.code.given).toBe('pri_1');
  });

  test('can be entered after leaving, but not with a place', () => {
    const wanted: Event = { type: 'code_wanted', at: 9_000 };
    expect(stateAfter(joined, { type: 'left' }, wanted)).toMatchObject({
      stage: 'joining',
      code: { form: 'open' },
    });
    expect(stateAfter(joined, wanted)).toMatchObject({ stage: 'in_line', code: { form: 'closed' } });
  });
});
