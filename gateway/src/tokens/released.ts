import type { Sql } from '@shopfast/db/client';
import { type ReleasedToken, saveReleasedTokens } from '@shopfast/db/revoked-tokens';
import type { Clock } from '@shopfast/kit/clock';
import { epochOfJti } from '@shopfast/kit/contracts/token';

/** Spent tokens whose slots were freed here, until they are saved in Postgres. */
export type UnsavedReleases = {
  note(room: string, jti: string): void;
  takeAll(): ReleasedToken[];
};

/** More in a second than any shop sells. */
const MAX_UNSAVED = 100_000;

export function createUnsavedReleases(): UnsavedReleases {
  let unsaved = new Map<string, string>();
  return {
    note: (room, jti) => {
      if (unsaved.size < MAX_UNSAVED && epochOfJti(room, jti) !== undefined) unsaved.set(jti, room);
    },
    takeAll: () => {
      const all = [...unsaved].map(([jti, room]) => ({ jti, room }));
      unsaved = new Map();
      return all;
    },
  };
}

/** One statement for all new ones, or none. What could not be saved is kept for the next time. */
export async function saveReleases({
  sql,
  clock,
  released,
}: {
  sql: Sql;
  clock: Clock;
  released: UnsavedReleases;
}): Promise<void> {
  const tokens = released.takeAll();
  if (tokens.length === 0) return;
  try {
    await saveReleasedTokens(sql, tokens, new Date(clock.now()));
  } catch (error) {
    for (const { room, jti } of tokens) released.note(room, jti);
    throw error;
  }
}
