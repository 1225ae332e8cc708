import type { Sql } from '@shopfast/db/client';
import type { Clock } from '@shopfast/kit/clock';
import type { Log } from '@shopfast/kit/log';
import type { RedisClient } from '@shopfast/kit/redis';
import type { Sealer } from '@shopfast/kit/sealer';
import type { UnsavedUses } from '../codes/uses.ts';
import type { RoomDirectory } from './directory.ts';

/** The dependencies of the rooms' settings, states and history. */
export type RoomDeps = {
  redis: RedisClient;
  sql: Sql;
  clock: Clock;
  log: Log;
  rooms: RoomDirectory;
  /** Restored together with a room that Redis has lost. */
  codeUses: UnsavedUses;
  /** Encrypts the seed of a lottery. */
  sealer: Sealer;
  config: { tickMs: number };
};
