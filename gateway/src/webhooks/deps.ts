import type { Sql } from '@shopfast/db/client';
import type { Clock } from '@shopfast/kit/clock';
import type { Log } from '@shopfast/kit/log';
import type { Sealer } from '@shopfast/kit/sealer';
import type { RoomDirectory } from '../rooms/directory.ts';

/** The dependencies of webhooks. */
export type WebhookDeps = {
  sql: Sql;
  clock: Clock;
  log: Log;
  rooms: Pick<RoomDirectory, 'all' | 'has'>;
  /** Encrypts the webhooks' secrets. */
  sealer: Sealer;
  config: {
    /** Whether webhooks may go to private addresses. */
    webhooksToPrivate: boolean;
  };
};
