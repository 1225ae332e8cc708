import type { RoomStatus } from '@shopfast/kit/contracts/api';
import type { Answer } from '../api/ask.ts';
import type { Progress } from './progress.ts';
import { worthTaking } from './resume.ts';
import type { RoomCalls } from './room-calls.ts';
import { type Doing, type Event, initialState, nextStep, reduce, type State } from './state.ts';

/** The shopper's place in the page: polls when it is time, and reports each change. */
export type Line = {
  state(): State;
  /** Sends what is due now; for use after sleep, a hidden tab or a lost connection, which delay timers. */
  wake(): void;
  claim(): void;
  /** Opens the form for an invite or priority code, when there is no live place. */
  haveCode(): void;
  /** Joins with a typed code; null: without one. */
  giveCode(code: string | null): void;
  /** Joins with the address that the room requires. */
  giveEmail(email: string): void;
  leave(): Promise<void>;
  /** Reports that something besides the place in line failed. */
  couldNot(): void;
  startOver(): void;
  setOnline(online: boolean): void;
};

export type LineParts = {
  calls: RoomCalls;
  progress: Progress;
  /** A ticket from a resume link. */
  resume?: string | null;
  /** An invite or priority code from the link. */
  code?: string | null;
  visible(): boolean;
  changed(state: State): void;
  /** Called once with the reservation; the page is left afterwards. */
  admitted(claim: Extract<Awaited<ReturnType<RoomCalls['claim']>>, { kind: 'ok' }>['body']): void;
};

export function standInLine(parts: LineParts): Line {
  const { calls, progress, resume, code, visible, changed, admitted } = parts;
  let state = initialState(Date.now(), progress, code ?? null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let linked = resume ?? null;

  function dispatch(event: Event): void {
    state = reduce(state, event);
    changed(state);
    schedule();
  }

  // The timer runs its step without checking the clock again: the device's clock may be set back meanwhile.
  function schedule(): void {
    clearTimeout(timer);
    const step = busy ? null : nextStep(state, visible());
    if (step) timer = setTimeout(run, Math.max(0, step.at - Date.now()));
  }

  function run(): void {
    const step = nextStep(state, visible());
    if (!step || busy) return;
    void { join, ask: poll, claim, look: pollClosedRoom, prove }[step.ask]();
  }

  async function join(): Promise<void> {
    const answer = await alone(joinWithWhatThereIs);
    if (answer.kind === 'ok') linked = null;
    if (answer.kind === 'ok') dispatch({ type: 'joined', answer: answer.body, at: Date.now() });
    else failed('join', answer);
    void look();
  }

  async function joinWithWhatThereIs(): ReturnType<RoomCalls['join']> {
    const worth = linked === null ? false : await worthTaking(calls, linked);
    if (typeof worth === 'object') return worth;
    if (!worth) linked = null;
    const { proof, email, code } = state;
    return calls.join({ proof: proof.solved, email: email.given, code: code.given, ticket: linked });
  }

  async function prove(): Promise<void> {
    const answer = await alone(calls.challenge);
    if (answer.kind !== 'ok') return failed('prove', answer);
    // Loaded on demand, because few rooms need it.
    const solver = await alone(() => import('./proof.ts').catch(() => null));
    if (solver === null) return failed('prove', { kind: 'unreachable' });
    const proof = await alone(() => solver.solve(answer.body).catch(() => null));
    if (proof === null) dispatch({ type: 'cannot_prove' });
    else dispatch({ type: 'proved', proof, at: Date.now() });
  }

  async function poll(): Promise<void> {
    void look();
    const answer = await alone(calls.ask);
    if (answer.kind === 'ok') dispatch({ type: 'asked', ticket: answer.body, at: Date.now() });
    else failed('ask', answer);
  }

  async function claim(): Promise<void> {
    if (busy) return;
    dispatch({ type: 'claim_sent' });
    const answer = await alone(calls.claim);
    if (answer.kind !== 'ok') return failed('claim', answer);
    dispatch({ type: 'claimed' });
    admitted(answer.body);
  }

  /** Reads the room's shared status; on failure the old one stays. */
  async function look(): Promise<void> {
    const answer = await calls.status();
    if (answer.kind === 'ok') seen(answer.body);
  }

  /** The same while the room is closed, when nothing else is polled. */
  async function pollClosedRoom(): Promise<void> {
    const answer = await alone(calls.status);
    if (answer.kind === 'ok') seen(answer.body);
    else failed('look', answer);
  }

  function seen(status: RoomStatus): void {
    dispatch({ type: 'room_seen', status, at: Date.now(), chance: Math.random() });
  }

  /** One request at a time: an older answer never overtakes a newer one. */
  async function alone<T>(question: () => Promise<T>): Promise<T> {
    busy = true;
    clearTimeout(timer);
    const answer = await question();
    busy = false;
    return answer;
  }

  function failed(doing: Doing, failure: Exclude<Answer<never>, { kind: 'ok' }>): void {
    dispatch({ type: 'failed', doing, failure, at: Date.now(), chance: Math.random() });
  }

  // At once: on a slow phone even a timer comes late.
  run();
  return {
    state: () => state,
    wake() {
      const step = busy ? null : nextStep(state, visible());
      if (step && step.at <= Date.now()) run();
      else schedule();
    },
    claim: () => void claim(),
    haveCode: () => dispatch({ type: 'code_wanted', at: Date.now() }),
    giveCode: (code) => dispatch({ type: 'code_given', code, at: Date.now() }),
    giveEmail: (email) => dispatch({ type: 'email_given', email, at: Date.now() }),
    async leave() {
      const answer = await calls.leave();
      if (answer.kind === 'ok') dispatch({ type: 'left' });
      else failed('leave', answer);
    },
    couldNot: () => failed('other', { kind: 'unreachable' }),
    startOver: () => dispatch({ type: 'started_over', at: Date.now() }),
    setOnline: (online) => dispatch({ type: 'connection', online, at: Date.now() }),
  };
}
