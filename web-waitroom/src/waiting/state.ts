import type { JoinAnswer, RoomState, RoomStatus, TicketStatus } from '@shopfast/kit/contracts/api';
import type { Answer, Refusal } from '../api/ask.ts';
import { backoff } from '../api/backoff.ts';
import { advance, NO_PROGRESS, type Progress } from './progress.ts';

/**
 * The page's state. `joining`: no ticket yet; `in_line`: with a ticket in any state; `claiming`: the claim was sent;
 * `going`: the reservation has arrived; `ended`: nothing more is polled.
 */
export type State = {
  stage: 'joining' | 'in_line' | 'claiming' | 'going' | 'ended';
  end: End | null;
  ticket: TicketStatus | null;
  /** `opensAt`: ms since 1970, server time. */
  room: { name: string | null; state: RoomState | null; opensAt: number | null };
  admissionsPerMinute: number | null;
  trouble: 'offline' | 'busy' | 'leaving' | null;
  failures: number;
  progress: Progress;
  /** `wanted`: the room asked for a proof of work. `solved`: the proof, until it is used. */
  proof: { wanted: boolean; solved: string | null };
  /** `wanted`: the room asked for an e-mail address. */
  email: { wanted: boolean; given: string | null };
  /**
   * The invite or priority code to join with. The form is `open` while a person types, `sent` with what was typed.
   * `needed`: nobody can join without a code. `refused`: the given code is not accepted.
   */
  code: { given: string | null; form: 'closed' | 'open' | 'sent'; refused: boolean; needed: boolean };
  /** The ticket's secret, for a resume link; in memory only. */
  secret: string | null;
  /** When the ticket was last updated, and when to poll next: ms since 1970, by the device's clock. */
  updatedAt: number | null;
  dueAt: number;
  problem: { title: string; detail: string | null } | null;
};

export type End =
  | 'sold_out'
  | 'closed'
  | 'expired'
  | 'revoked'
  | 'left'
  | 'completed'
  | 'unknown_room'
  | 'no_cookies'
  | 'insecure'
  | 'refused';

/** `look`: read the room's shared status, which is cheap for the server. `prove`: solve a challenge before joining. */
export type Asking = 'join' | 'ask' | 'claim' | 'look' | 'prove';
/** What may fail: a poll, or another action of the waiter. */
export type Doing = Asking | 'leave' | 'other';

/** `at`: the device's time of the event in ms. `chance`: uniform in 0…1, for jitter. */
export type Event =
  | { type: 'joined'; answer: JoinAnswer; at: number }
  | { type: 'asked'; ticket: TicketStatus; at: number }
  | { type: 'room_seen'; status: RoomStatus; at: number; chance: number }
  | { type: 'proved'; proof: string; at: number }
  | { type: 'cannot_prove' }
  | { type: 'email_given'; email: string; at: number }
  | { type: 'code_wanted'; at: number }
  | { type: 'code_given'; code: string | null; at: number }
  | { type: 'claim_sent' }
  | { type: 'claimed' }
  | { type: 'left' }
  | {
      type: 'failed';
      doing: Doing;
      failure: Exclude<Answer<never>, { kind: 'ok' }>;
      at: number;
      chance: number;
    }
  | { type: 'connection'; online: boolean; at: number }
  | { type: 'started_over'; at: number };

/** A called waiter has this long to read the page before it redirects. */
export const READING_MS = 2_000;
/** How often the page of a closed room checks whether it is open. */
const LOOK_MS = 4_000;

const NO_PROOF = { wanted: false, solved: null };
const NO_EMAIL = { wanted: false, given: null };
const NO_CODE = { given: null, form: 'closed', refused: false, needed: false } as const;

/** @param code from the link */
export function initialState(
  at: number,
  progress: Progress = NO_PROGRESS,
  code: string | null = null,
): State {
  return {
    stage: 'joining',
    end: null,
    ticket: null,
    room: { name: null, state: null, opensAt: null },
    admissionsPerMinute: null,
    trouble: null,
    failures: 0,
    progress,
    proof: NO_PROOF,
    email: NO_EMAIL,
    code: { ...NO_CODE, given: code },
    secret: null,
    updatedAt: null,
    dueAt: at,
    problem: null,
  };
}

/** The state after an event. Pure: time and chance come with the event. */
export function reduce(state: State, event: Event): State {
  switch (event.type) {
    case 'joined': {
      if (state.stage !== 'joining') return state;
      const { room } = event.answer;
      const known = { name: room.name, state: room.state, opensAt: time(room.opens_at) };
      const admissionsPerMinute = room.admissions_per_minute;
      const joined = { ...state, room: known, admissionsPerMinute, secret: event.answer.ticket };
      return withTicket(joined, event.answer, event.at);
    }
    case 'asked':
      // An answer that arrives after the shopper left must not bring the place back.
      if (state.stage !== 'in_line') return state;
      return withTicket(state, event.ticket, event.at);
    case 'room_seen': {
      const { status, at } = event;
      // The status may be a second old; the ticket's room state is newer.
      const roomState = state.ticket?.room_state ?? status.state;
      const room = { ...state.room, state: roomState, opensAt: time(status.opens_at) };
      const seen = { ...state, room, admissionsPerMinute: status.admissions_per_minute };
      if (!waitsForOpening(state)) return seen;
      const dueAt = waitsForOpening(seen) ? at + openingPause(event.chance) : at;
      return { ...seen, dueAt, trouble: null, failures: 0 };
    }
    case 'proved':
      return { ...state, proof: { wanted: true, solved: event.proof }, dueAt: event.at };
    case 'cannot_prove':
      // Browsers offer Web Crypto over https only.
      return ended(state, 'insecure');
    case 'email_given':
      return { ...state, email: { wanted: true, given: event.email }, dueAt: event.at };
    case 'code_wanted': {
      const joining = state.stage === 'ended' ? restarted(state, event.at) : state;
      return joining.stage === 'joining' ? { ...joining, code: { ...joining.code, form: 'open' } } : state;
    }
    case 'code_given': {
      const code = { ...state.code, given: event.code, form: 'sent', refused: false } as const;
      return { ...state, code, dueAt: event.at };
    }
    case 'claim_sent':
      return { ...state, stage: 'claiming' };
    case 'claimed':
      return { ...state, stage: 'going', trouble: null };
    case 'left':
      return ended(state, 'left');
    case 'failed':
      if (state.stage === 'ended') return state;
      return event.failure.kind === 'refused'
        ? refused(state, event, event.failure.refusal)
        : held(state, event);
    case 'connection':
      if (!event.online) return { ...state, trouble: 'offline' };
      return state.trouble === 'offline' ? { ...state, trouble: null, dueAt: event.at } : state;
    case 'started_over':
      return restarted(state, event.at);
  }
}

const restarted = ({ room, admissionsPerMinute }: State, at: number): State => ({
  ...initialState(at),
  room,
  admissionsPerMinute,
});

export type NextStep = { ask: Asking; at: number };

/**
 * The next request, and when (device time, ms); null while an answer is pending or nothing is left to do. A claim is
 * only sent from a visible page: the time to buy should not run out in a forgotten tab.
 */
export function nextStep(state: State, visible: boolean): NextStep | null {
  if (asksForEmail(state) || asksForCode(state)) return null;
  if (state.stage === 'joining') return { ask: atTheDoor(state), at: state.dueAt };
  if (state.stage !== 'in_line' || !state.ticket) return null;
  if (visible && mayClaim(state)) {
    const at = state.failures > 0 ? state.dueAt : (state.updatedAt ?? 0) + READING_MS;
    return { ask: 'claim', at };
  }
  return { ask: 'ask', at: state.dueAt };
}

/** Whether the ticket can be exchanged for a reservation now (again, if it was before). */
export function mayClaim(state: State): boolean {
  return state.ticket?.state === 'called' || state.ticket?.state === 'admitted';
}

/** The room requires an address, and none was entered yet. */
export const asksForEmail = ({ stage, email }: State): boolean =>
  stage === 'joining' && email.wanted && email.given === null;

/** The code form is open. */
export const asksForCode = ({ stage, code }: State): boolean => stage === 'joining' && code.form === 'open';

function atTheDoor(state: State): Asking {
  if (waitsForOpening(state)) return 'look';
  return state.proof.wanted && state.proof.solved === null ? 'prove' : 'join';
}

function waitsForOpening(state: State): boolean {
  return state.stage === 'joining' && state.room.state === 'scheduled';
}

/** Random, so that not everybody comes at the moment of the opening. */
function openingPause(chance: number): number {
  return Math.round(LOOK_MS * (0.75 + chance / 2));
}

function withTicket(state: State, ticket: TicketStatus, at: number): State {
  const room = { ...state.room, state: ticket.room_state ?? state.room.state };
  const known = {
    ...state,
    room,
    ticket,
    trouble: null,
    failures: 0,
    problem: null,
    proof: NO_PROOF,
    code: NO_CODE,
    updatedAt: at,
  };
  if (ticket.state === 'expired' || ticket.state === 'revoked' || ticket.state === 'left')
    return ended(known, ticket.state);
  if (ticket.state === 'completed') return ended(known, 'completed');
  const progress = advance(state.progress, ticket.number, ticket.ahead);
  return { ...known, stage: 'in_line', progress, dueAt: at + ticket.poll_after_ms };
}

type Failed = Extract<Event, { type: 'failed' }>;

/** No answer, or one that says "later": the shown place stays, and the request is repeated. */
function held(state: State, event: Failed, retryAfterMs: number | null = null): State {
  if (event.doing === 'leave' || event.doing === 'other') return { ...state, trouble: 'leaving' };
  const failures = state.failures + 1;
  return {
    ...state,
    stage: state.ticket ? 'in_line' : 'joining',
    trouble: state.trouble === 'offline' ? 'offline' : 'busy',
    failures,
    dueAt: event.at + backoff(failures, retryAfterMs, event.chance),
  };
}

function refused(state: State, event: Failed, refusal: Refusal): State {
  const { code, status, title, detail, retryAfterMs } = refusal;
  if (status >= 500 || status === 429 || status === 408) return held(state, event, retryAfterMs);
  // A leave that finds no place has reached its goal.
  if (event.doing === 'leave')
    return status === 404 || status === 410 ? ended(state, 'left') : held(state, event);
  // The first challenge is requested at once; after a refused proof there is a pause.
  if (code === 'proof_required' && !state.proof.wanted)
    return { ...state, proof: { wanted: true, solved: null }, dueAt: event.at };
  if (code === 'proof_required' || code === 'proof_invalid')
    return { ...held(state, event), proof: { wanted: true, solved: null }, trouble: null };
  // The room does not require a proof any more.
  if (event.doing === 'prove' && code === 'not_found') return { ...state, proof: NO_PROOF, dueAt: event.at };
  if (code === 'invalid_request' && event.doing === 'join' && refusal.fields?.includes('email'))
    return { ...state, trouble: null, failures: 0, email: { wanted: true, given: null } };
  if (code === 'invite_required' || code === 'code_invalid')
    return { ...state, trouble: null, failures: 0, code: codeWanted(state, code) };
  if (code === 'not_called') return { ...held(state, event), trouble: null };
  if (code === 'room_not_open') {
    const room = { ...state.room, state: 'scheduled' as const };
    const given = { ...state.code, form: 'closed' as const };
    const dueAt = event.at + openingPause(event.chance);
    return { ...state, room, code: given, trouble: null, failures: 0, dueAt };
  }
  if (code === 'room_closed') return ended(state, 'closed');
  if (code === 'sold_out') return ended(state, 'sold_out');
  if (code === 'ticket_expired' || code === 'ticket_unknown') return ended(state, 'expired');
  if (code === 'ticket_missing') return ended(state, 'no_cookies');
  if (status === 404) return ended(state, 'unknown_room');
  return { ...ended(state, 'refused'), problem: { title, detail } };
}

function codeWanted({ code }: State, why: 'invite_required' | 'code_invalid'): State['code'] {
  const needed = code.needed || why === 'invite_required';
  return { ...code, form: 'open', needed, refused: why === 'code_invalid' };
}

function ended(state: State, end: End): State {
  return { ...state, stage: 'ended', end, trouble: null };
}

function time(rfc3339: string | null): number | null {
  return rfc3339 === null ? null : Date.parse(rfc3339);
}
