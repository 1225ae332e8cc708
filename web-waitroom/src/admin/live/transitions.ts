import type { Role } from '@shopfast/kit/admin/roles';
import type { RoomState } from '@shopfast/kit/contracts/api';
import type { RoomTransition } from '@shopfast/kit/contracts/limits';

/** A transition that an operator may make, from which states, and the one that undoes it. */
export type TransitionOffer = {
  step: RoomTransition;
  undo: RoomTransition | null;
  grave: boolean;
  needs: Role;
};

const OFFERS: readonly (TransitionOffer & { from: readonly (RoomState | 'draining')[] })[] = [
  { step: 'open', undo: null, grave: false, needs: 'operator', from: ['scheduled', 'lobby'] },
  { step: 'pause', undo: 'resume', grave: false, needs: 'operator', from: ['open', 'sold_out'] },
  { step: 'resume', undo: 'pause', grave: false, needs: 'operator', from: ['paused'] },
  // A drained room takes nobody new. Resuming makes it an open room again; draining again undoes that.
  { step: 'resume', undo: 'drain', grave: false, needs: 'operator', from: ['draining'] },
  { step: 'drain', undo: 'resume', grave: false, needs: 'operator', from: ['open', 'paused', 'sold_out'] },
  {
    ...{ step: 'close', undo: null, grave: true, needs: 'operator' },
    from: ['scheduled', 'lobby', 'open', 'paused', 'sold_out', 'draining'],
  },
  {
    ...{ step: 'reset', undo: null, grave: true, needs: 'owner' },
    from: ['scheduled', 'lobby', 'open', 'paused', 'sold_out', 'closed', 'draining'],
  },
];

/** The transitions that are possible now. The gateway has the last word. */
export function transitionsFrom(state: RoomState, draining: boolean): TransitionOffer[] {
  const from = draining && state !== 'closed' ? 'draining' : state;
  return OFFERS.filter((offer) => offer.from.includes(from));
}
