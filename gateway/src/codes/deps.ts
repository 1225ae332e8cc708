import type { Sql } from '@shopfast/db/client';
import type { Room as RoomRow } from '@shopfast/db/schema/gateway';
import type { Clock } from '@shopfast/kit/clock';
import type { RedisClient } from '@shopfast/kit/redis';
import type { CodeSigner } from './code.ts';
import type { RevokedCodes } from './revoked.ts';
import type { UnsavedUses } from './uses.ts';

/** The room of a code, as this process knows it. */
export type RoomOfCode = {
  id: string;
  epoch: number;
  takesCodesWithoutEpoch: boolean;
  settings: { invite_only: boolean; priority_share: number };
};

/** The dependencies of invite and priority codes. */
export type CodeDeps = {
  redis: RedisClient;
  sql: Sql;
  clock: Clock;
  codes: CodeSigner;
  codeUses: UnsavedUses;
  revokedCodes: RevokedCodes;
  rooms: {
    /** @throws Problem room_unknown */
    get(id: string): { epoch: number };
    put(row: RoomRow): unknown;
  };
};
