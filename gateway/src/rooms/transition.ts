import { findRoom, updateRoom } from '@shopfast/db/rooms';
import type { RoomEvent } from '@shopfast/db/webhook-deliveries';
import { type Author, auditEntry, SCHEDULE } from '@shopfast/kit/admin/author';
import { Problem } from '@shopfast/kit/errors';
import type { RoomDeps } from './deps.ts';
import { nextState, type StateTransition } from './state-machine.ts';
import { syncRoomToRedis } from './sync-to-redis.ts';

/**
 * Moves a room to its next state, audited. It takes effect within one tick.
 * @throws Problem room_unknown, state_conflict, edit_conflict
 */
export async function transitionRoom(
  deps: RoomDeps,
  id: string,
  step: StateTransition,
  author: Author = SCHEDULE,
): Promise<void> {
  const before = await findRoom(deps.sql, id);
  if (!before) throw new Problem('room_unknown');
  const state = nextState(before.state, step);
  const entry = auditEntry(author, deps.clock.now(), {
    action: `room.${step}`,
    target: id,
    before: { state: before.state },
    after: { state },
  });
  const row = await updateRoom(deps.sql, before, { state }, entry, eventsOf(step, author));
  if (!row) throw new Problem('edit_conflict');
  await syncRoomToRedis(deps, row);
}

/** The webhook events of a transition. A pause and its end are the operator's own. */
function eventsOf(step: StateTransition, { actor }: Author): RoomEvent[] {
  if (step === 'open') return [{ event: 'room.opened', data: { by: actor } }];
  if (step === 'close') return [{ event: 'room.closed', data: { by: actor } }];
  return [];
}
