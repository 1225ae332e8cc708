import type { StoredRoomState } from '@shopfast/db/schema/gateway';
import type { RoomTransition } from '@shopfast/kit/contracts/limits';
import { Problem } from '@shopfast/kit/errors';

/**
 * The stored states. `sold_out` follows from the stock figures, so returned stock reopens a room by itself. `draining`
 * is an open room that nobody can join, shown as open with `draining: true`.
 */
export type StoredState = StoredRoomState;

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

/** @throws Problem `state_conflict` for a transition that the current state does not allow */
export function nextState(from: StoredState, step: StateTransition): StoredState {
  const { from: allowed, to } = NEXT[step];
  if (!allowed.includes(from))
    throw new Problem('state_conflict', {
      detail: `Cannot ${step} a room that is ${from}; allowed states: ${allowed.join(', ')}.`,
    });
  return to;
}

/**
 * Whether reservations of a room in this state are valid. Admitted shoppers keep their turn while the room is paused.
 */
export const sells = (state: StoredState): boolean =>
  state === 'open' || state === 'paused' || state === 'draining';

/** Whether a room in this state calls tickets. */
export const admits = (state: StoredState): boolean => state === 'open' || state === 'draining';
