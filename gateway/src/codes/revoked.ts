import type { Sql } from '@shopfast/db/client';
import { listRevokedCodes } from '@shopfast/db/codes';

/** A room between two resets. */
type Generation = { id: string; epoch: number };

/** The revoked codes in this process's memory: a look-up at each join with a code. */
export type RevokedCodes = {
  has(room: Generation, id: string): boolean;
  add(room: Generation, id: string): void;
  /** Reloads the lists of rooms whose codes were revoked since; without changes it runs no statement. */
  refresh(rooms: readonly (Generation & { revokedCodes: number })[]): Promise<void>;
};

export function createRevokedCodes(sql: Sql): RevokedCodes {
  const known = new Map<string, { epoch: number; ids: Set<string> }>();

  const idsOf = ({ id, epoch }: Generation): Set<string> | undefined => {
    const one = known.get(id);
    return one?.epoch === epoch ? one.ids : undefined;
  };

  return {
    has: (room, id) => idsOf(room)?.has(id) ?? false,
    add: (room, id) => {
      const ids = idsOf(room);
      if (ids) ids.add(id);
      else known.set(room.id, { epoch: room.epoch, ids: new Set([id]) });
    },
    refresh: async (rooms) => {
      const present = new Set(rooms.map(({ id }) => id));
      for (const id of known.keys()) if (!present.has(id)) known.delete(id);
      for (const room of rooms)
        if (room.revokedCodes > (idsOf(room)?.size ?? 0))
          known.set(room.id, { epoch: room.epoch, ids: new Set(await listRevokedCodes(sql, room)) });
    },
  };
}
