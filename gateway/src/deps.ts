import type { Sql } from '@shopfast/db/client';
import type { Clock } from '@shopfast/kit/clock';
import type { Log } from '@shopfast/kit/log';
import type { Sealer } from '@shopfast/kit/sealer';
import type { Redis } from 'ioredis';
import type { Challenges } from './challenge/challenges.ts';
import type { CodeSigner } from './codes/code.ts';
import type { RevokedCodes } from './codes/revoked.ts';
import type { UnsavedUses } from './codes/uses.ts';
import type { Limits } from './limits/limits.ts';
import type { Meters } from './meters.ts';
import type { OwnServices, ProtectConfig } from './protect/config.ts';
import type { SharingLimits } from './protect/sharing.ts';
import type { ReminderSecrets } from './reminders/secrets.ts';
import type { RoomDirectory } from './rooms/directory.ts';
import type { ThemeDirectory } from './themes/directory.ts';
import type { TicketCommands } from './tickets/commands.ts';
import type { TicketSigner } from './tickets/ticket.ts';
import type { Keyring } from './tokens/keyring.ts';
import type { UnsavedReleases } from './tokens/released.ts';

export type GatewayConfig = {
  publicUrl: string;
  /** Where our own services behind the gateway answer. */
  services: OwnServices;
  /** Where paths go that are not the gateway's own; without it, the paths of our services to them. */
  protect?: ProtectConfig;
  tickMs: number;
  /** Event streams of this process at a time. */
  mostEventStreams: number;
  /** Derives the binding secret of a reservation token. */
  bindingSecret: string;
  /** Whether webhooks may go to private addresses. */
  webhooksToPrivate: boolean;
  /** How widely one reservation may be used on protected paths. */
  sharing: SharingLimits;
  /** Whether mails can go to addresses that are not ASCII; without it, they cannot. */
  smtpUtf8?: boolean;
};

/** What every verb of the gateway may need; handed in, so that tests bring their own. */
export type Gateway = {
  redis: Redis;
  commands: TicketCommands;
  sql: Sql;
  clock: Clock;
  log: Log;
  config: GatewayConfig;
  rooms: RoomDirectory;
  themes: ThemeDirectory;
  tickets: TicketSigner;
  keyring: Keyring;
  challenges: Challenges;
  codes: CodeSigner;
  codeUses: UnsavedUses;
  revokedCodes: RevokedCodes;
  released: UnsavedReleases;
  reminders: ReminderSecrets;
  limits: Limits;
  meters: Meters;
  /** Encrypts secrets of operators at rest. */
  sealer: Sealer;
};
