import { Problem } from '@shopfast/kit/errors';

/** The states that are stored. `sold_out` is read off the stock figures, so that returned stock reopens a room by itself. */
export type StoredState = 'scheduled' | 'lobby' | 'open' | 'paused' | 'closed';

export const ROOM_STEPS = ['open', 'pause', 'resume', 'close', 'reset'] as const;
export type RoomStep = (typeof ROOM_STEPS)[number];

/**
 * ```
 *  scheduled → lobby → open ⇄ paused → closed      reset: back to the start, with a new epoch
 *                       └── (sold_out is shown while nothing remains and nothing is held)
 * ```
 */
const NEXT: Record<
  Exclude<RoomStep, 'reset'> | 'open_lobby',
  { from: readonly StoredState[]; to: StoredState }
> = {
  /** By schedule only. */
  open_lobby: { from: ['scheduled'], to: 'lobby' },
  open: { from: ['scheduled', 'lobby'], to: 'open' },
  pause: { from: ['open'], to: 'paused' },
  resume: { from: ['paused'], to: 'open' },
  close: { from: ['scheduled', 'lobby', 'open', 'paused'], to: 'closed' },
};

export type PlainStep = keyof typeof NEXT;

/** @throws Problem `state_conflict` for a step that the present state does not allow */
export function nextState(from: StoredState, step: PlainStep): StoredState {
  const { from: allowed, to } = NEXT[step];
  if (!allowed.includes(from))
    throw new Problem('state_conflict', {
      detail: `Cannot ${step} a room that is ${from}; this step starts from: ${allowed.join(', ')}.`,
    });
  return to;
}
