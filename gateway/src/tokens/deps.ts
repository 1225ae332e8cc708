import type { Sql } from '@shopfast/db/client';
import type { Clock } from '@shopfast/kit/clock';
import type { Log } from '@shopfast/kit/log';
import type { RedisClient } from '@shopfast/kit/redis';
import type { Meters } from '../meters.ts';
import type { RoomDirectory } from '../rooms/directory.ts';
import type { Keyring } from './keyring.ts';
import type { UnsavedReleases } from './released.ts';

/** The dependencies of reservation tokens: signing, checking, revoking, and freeing their slots. */
export type TokenDeps = {
  redis: RedisClient;
  sql: Sql;
  clock: Clock;
  log: Log;
  rooms: Pick<RoomDirectory, 'find'>;
  keyring: Pick<Keyring, 'signing' | 'jwks'>;
  released: UnsavedReleases;
  meters: Pick<Meters, 'released'>;
  config: {
    /** The issuer. */
    publicUrl: string;
    /** Derives the binding secret of a token. */
    bindingSecret: string;
  };
};
