import type { Sql } from '@shopfast/db/client';
import type { Clock } from '@shopfast/kit/clock';
import type { Log } from '@shopfast/kit/log';
import type { Redis } from 'ioredis';
import type { ProtectConfig } from './protect/config.ts';
import type { RoomDirectory } from './rooms/directory.ts';
import type { TicketSigner } from './tickets/ticket.ts';
import type { Keyring } from './tokens/keyring.ts';

export type GatewayConfig = {
  publicUrl: string;
  checkoutUrl: string;
  /** Where paths go that are not the gateway's own; without it, the checkout's paths to `checkoutUrl`. */
  protect?: ProtectConfig;
  tickMs: number;
  /** Derives the binding secret of a reservation token. */
  bindingSecret: string;
};

/** What every verb of the gateway may need; handed in, so that tests bring their own. */
export type Gateway = {
  redis: Redis;
  sql: Sql;
  clock: Clock;
  log: Log;
  config: GatewayConfig;
  rooms: RoomDirectory;
  tickets: TicketSigner;
  keyring: Keyring;
};
