import { changeRoom } from '@shopfast/db/rooms/change';
import { findRoom } from '@shopfast/db/rooms/find';
import { Problem } from '@shopfast/kit/errors';
import type { Author } from '../admin/author.ts';
import { SCHEDULE } from '../admin/author.ts';
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
  const row = await changeRoom(gateway.sql, {
    id,
    version: before.version,
    set: { state },
    audit: { ...author, action: `room.${step}`, before: { state: before.state }, after: { state } },
  });
  if (!row) throw new Problem('edit_conflict');
  await mirrorRoom(gateway, row);
}
