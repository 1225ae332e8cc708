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
  /** The URLs of our own services behind the gateway. */
  services: OwnServices;
  /** Routing of paths that are not the gateway's own; default: the paths of our services go to them. */
  protect?: ProtectConfig;
  tickMs: number;
  /** The most event streams of this process at a time. */
  maxEventStreams: number;
  /** Derives the binding secret of a reservation token. */
  bindingSecret: string;
  /** Whether webhooks may go to private addresses. */
  webhooksToPrivate: boolean;
  /** Limits for the use of one reservation on protected paths. */
  sharing: SharingLimits;
  /** Whether mails can go to addresses that are not ASCII; default: no. */
  smtpUtf8?: boolean;
};

/** The dependencies of the gateway's functions. They are passed in, so that tests use their own. */
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
  /** Encrypts operators' secrets at rest. */
  sealer: Sealer;
};
