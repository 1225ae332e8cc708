import type { StoredRoomState } from '@shopfast/db/schema/gateway';
import { Problem } from '@shopfast/kit/errors';

/**
 * The states that are stored. `sold_out` is read off the stock figures, so that returned stock reopens a room by itself;
 * `draining` is an open room that takes nobody new, shown as open with `draining: true`.
 */
export type StoredState = StoredRoomState;

export const ROOM_TRANSITIONS = ['open', 'pause', 'resume', 'drain', 'close', 'reset'] as const;
export type RoomTransition = (typeof ROOM_TRANSITIONS)[number];

/**
 * ```
 *  scheduled → lobby → open ⇄ paused → closed      reset: back to the start, with a new epoch
 *                       │└─► draining ──┘          draining closes by itself; resume makes it an open room again
 *                       └── (sold_out is shown while nothing remains and nothing is held)
 * ```
 */
const NEXT: Record<
  Exclude<RoomTransition, 'reset'> | 'open_lobby',
  { from: readonly StoredState[]; to: StoredState }
> = {
  /** By schedule only. */
  open_lobby: { from: ['scheduled'], to: 'lobby' },
  open: { from: ['scheduled', 'lobby'], to: 'open' },
  pause: { from: ['open'], to: 'paused' },
  resume: { from: ['paused', 'draining'], to: 'open' },
  drain: { from: ['open', 'paused'], to: 'draining' },
  close: { from: ['scheduled', 'lobby', 'open', 'paused', 'draining'], to: 'closed' },
};

export type StateTransition = keyof typeof NEXT;

/** @throws Problem `state_conflict` for a step that the present state does not allow */
export function nextState(from: StoredState, step: StateTransition): StoredState {
  const { from: allowed, to } = NEXT[step];
  if (!allowed.includes(from))
    throw new Problem('state_conflict', {
      detail: `Cannot ${step} a room that is ${from}; this step starts from: ${allowed.join(', ')}.`,
    });
  return to;
}

/** Whether reservations of a room in this state are good for anything: who was admitted keeps the turn while calls pause. */
export const sells = (state: StoredState): boolean =>
  state === 'open' || state === 'paused' || state === 'draining';

/** Whether a room in this state calls tickets. */
export const admits = (state: StoredState): boolean => state === 'open' || state === 'draining';
