import { createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from '@shopfast/kit/errors';
import type { HotPathContext } from '@shopfast/kit/hot-path';
import type { RoomDirectory } from './directory.ts';
import type { Room } from './room.ts';

/** What shoppers may see depends on the rooms, and on the secret of the passes to rehearsals. */
export type VisibilityDeps = {
  rooms: Pick<RoomDirectory, 'get'>;
  config: { bindingSecret: string };
};

/** The header with the pass that makes a rehearsal room visible. */
export const REHEARSAL_HEADER = 'X-Rehearsal';

/**
 * The pass to a rehearsal room, `reh_…`. Derived from a secret, so that shoppers' calls need no Postgres, and operators
 * need not send an admin key to a public address. It is valid until the room is reset.
 */
export function rehearsalPass(deps: Pick<VisibilityDeps, 'config'>, room: Room): string {
  const mac = createHmac('sha256', deps.config.bindingSecret).update(`rehearsal|${room.id}|${room.epoch}`);
  return `reh_${mac.digest('base64url')}`;
}

/**
 * A room as shoppers may see it. A rehearsal room exists only for requests with its pass.
 * @throws Problem room_unknown
 */
export function visibleRoom(deps: VisibilityDeps, id: string, c: HotPathContext): Room {
  const room = deps.rooms.get(id);
  if (room.settings.rehearsal && !showsPass(deps, room, c)) throw new Problem('room_unknown');
  return room;
}

/** A room that a public page may name; undefined for a rehearsal room, whose name and theme are hidden, too. */
export function shownRoom(deps: { rooms: Pick<RoomDirectory, 'find'> }, id: string): Room | undefined {
  const room = deps.rooms.find(id);
  return room?.settings.rehearsal ? undefined : room;
}

function showsPass(deps: VisibilityDeps, room: Room, c: HotPathContext): boolean {
  const given = Buffer.from(c.req.header(REHEARSAL_HEADER) ?? '');
  const right = Buffer.from(rehearsalPass(deps, room));
  return given.length === right.length && timingSafeEqual(given, right);
}
