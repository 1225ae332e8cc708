import type { HotPathContext } from '@shopfast/kit/hot-path';
import { requireProof } from '../challenge/require-proof.ts';
import { refuseUnlessJoinable } from '../rooms/joinable.ts';
import type { Room } from '../rooms/room.ts';
import type { TicketDeps } from './deps.ts';

/**
 * The checks for a newcomer: the budget of the address, and a proof of work where the room requires one.
 * @returns null when there is nothing to check, so that it costs nothing
 */
export function joinGuards(
  deps: TicketDeps,
  c: HotPathContext,
  room: Room,
  proof: string | undefined,
): (() => Promise<void>) | null {
  const budget = deps.limits.newcomer(c);
  if (room.settings.challenge === 'none') return budget;
  return async () => {
    refuseUnlessJoinable(room);
    if (budget) await budget();
    await requireProof(deps, room, proof);
  };
}
