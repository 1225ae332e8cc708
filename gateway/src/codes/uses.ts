import type { Sql } from '@shopfast/db/client';
import { listCodeUses, saveCodeUses } from '@shopfast/db/codes';
import type { RedisClient } from '@shopfast/kit/redis';
import { runCountUses } from '../lua/count-uses.ts';

type RoomEpoch = { id: string; epoch: number };
/** The stores that keep the uses of codes. */
export type UsesDeps = { redis: RedisClient; sql: Sql; codeUses: UnsavedUses };
type Counted = { epoch: number; uses: Map<string, number> };

/**
 * Uses of codes that this process counted in Redis and has not saved yet. Joins do not wait for Postgres, so when Redis
 * loses all data, the uses of its last second may be lost.
 */
export type UnsavedUses = {
  note(room: RoomEpoch, code: string, uses: number): void;
  /** Removes and returns everything, to be saved. */
  takeAll(): Array<[room: string, counted: Counted]>;
  of(room: RoomEpoch): ReadonlyMap<string, number>;
};

const NONE: ReadonlyMap<string, number> = new Map();

export function createUnsavedUses(): UnsavedUses {
  let rooms = new Map<string, Counted>();
  return {
    note: ({ id, epoch }, code, uses) => {
      let counted = rooms.get(id);
      if (!counted || counted.epoch < epoch) {
        counted = { epoch, uses: new Map() };
        rooms.set(id, counted);
      }
      if (counted.epoch === epoch) counted.uses.set(code, Math.max(uses, counted.uses.get(code) ?? 0));
    },
    takeAll: () => {
      const all = [...rooms];
      rooms = new Map();
      return all;
    },
    of: ({ id, epoch }) => {
      const counted = rooms.get(id);
      return counted?.epoch === epoch ? counted.uses : NONE;
    },
  };
}

/**
 * Saves the new counts, and writes them to Redis again, because another gateway may have restored it meanwhile. Without
 * new counts it does nothing. Counts that could not be saved are kept for the next time.
 */
export async function saveUses(deps: UsesDeps): Promise<void> {
  const all = deps.codeUses.takeAll();
  try {
    for (const [id, { epoch, uses }] of all) {
      await countInRedis(deps, { id, epoch }, uses);
      await saveCodeUses(deps.sql, { id, epoch }, uses);
    }
  } catch (error) {
    for (const [id, { epoch, uses }] of all)
      for (const [code, count] of uses) deps.codeUses.note({ id, epoch }, code, count);
    throw error;
  }
}

/** Restores the counts of a room's codes in Redis, before the room is created again, so that no use is missed. */
export async function restoreUses(deps: UsesDeps, room: RoomEpoch): Promise<void> {
  await countInRedis(deps, room, await listCodeUses(deps.sql, room));
  await countInRedis(deps, room, deps.codeUses.of(room));
}

/** Limits how long one script blocks Redis. */
const MAX_BATCH = 1_000;

async function countInRedis(
  deps: UsesDeps,
  room: RoomEpoch,
  uses: ReadonlyMap<string, number>,
): Promise<void> {
  const pairs = [...uses];
  for (let at = 0; at < pairs.length; at += MAX_BATCH) {
    const some = pairs.slice(at, at + MAX_BATCH);
    await runCountUses(deps.redis, { room: room.id, epoch: room.epoch }, some);
  }
}
