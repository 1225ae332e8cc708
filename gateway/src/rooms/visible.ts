import { createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from '@shopfast/kit/errors';
import type { HotPathContext } from '@shopfast/kit/hot-path';
import type { Gateway } from '../deps.ts';
import type { Room } from './room.ts';

/** The header with the pass that makes a rehearsal room visible. */
export const REHEARSAL_HEADER = 'X-Rehearsal';

/**
 * The pass to a rehearsal room, `reh_…`. Derived from a secret, so that shoppers' calls need no Postgres, and operators
 * need not send an admin key to a public address. It is valid until the room is reset.
 */
export function rehearsalPass(gateway: Gateway, room: Room): string {
  const mac = createHmac('sha256', gateway.config.bindingSecret).update(`rehearsal|${room.id}|${room.epoch}`);
  return `reh_${mac.digest('base64url')}`;
}

/**
 * A room as shoppers may see it. A rehearsal room exists only for requests with its pass.
 * @throws Problem room_unknown
 */
export function visibleRoom(gateway: Gateway, id: string, c: HotPathContext): Room {
  const room = gateway.rooms.get(id);
  if (room.settings.rehearsal && !showsPass(gateway, room, c)) throw new Problem('room_unknown');
  return room;
}

/** A room that a public page may name; undefined for a rehearsal room, whose name and theme are hidden, too. */
export function shownRoom(gateway: Gateway, id: string): Room | undefined {
  const room = gateway.rooms.find(id);
  return room?.settings.rehearsal ? undefined : room;
}

function showsPass(gateway: Gateway, room: Room, c: HotPathContext): boolean {
  const given = Buffer.from(c.req.header(REHEARSAL_HEADER) ?? '');
  const right = Buffer.from(rehearsalPass(gateway, room));
  return given.length === right.length && timingSafeEqual(given, right);
}
