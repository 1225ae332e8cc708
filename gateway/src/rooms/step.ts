import { findRoom } from '@shopfast/db/rooms/find';
import { updateRoom } from '@shopfast/db/rooms/update';
import type { RoomEvent } from '@shopfast/db/webhooks/tell';
import { type Author, auditEntry, SCHEDULE } from '@shopfast/kit/admin/author';
import { Problem } from '@shopfast/kit/errors';
import type { Gateway } from '../deps.ts';
import { mirrorRoom } from './mirror.ts';
import { nextState, type PlainStep, type StoredState } from './steps.ts';

/**
 * Moves a room to its next state, audited. Effective within one tick.
 * @throws Problem room_unknown, state_conflict, edit_conflict
 */
export async function stepRoom(
  gateway: Gateway,
  id: string,
  step: PlainStep,
  author: Author = SCHEDULE,
): Promise<void> {
  const before = await findRoom(gateway.sql, id);
  if (!before) throw new Problem('room_unknown');
  const state = nextState(before.state as StoredState, step);
  const entry = auditEntry(author, gateway.clock.now(), {
    action: `room.${step}`,
    target: id,
    before: { state: before.state },
    after: { state },
  });
  const row = await updateRoom(gateway.sql, before, { state }, entry, eventsOf(step, author));
  if (!row) throw new Problem('edit_conflict');
  await mirrorRoom(gateway, row);
}

/** What webhooks are told of a step; a pause and its end are the operator's own. */
function eventsOf(step: PlainStep, { actor }: Author): RoomEvent[] {
  if (step === 'open') return [{ event: 'room.opened', data: { by: actor } }];
  if (step === 'close') return [{ event: 'room.closed', data: { by: actor } }];
  return [];
}
