import type { Sql } from '@shopfast/db/client';
import type { Clock } from '@shopfast/kit/clock';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';
import type { RedisClient } from '@shopfast/kit/redis';
import { createSealer } from '@shopfast/kit/sealer';
import type { AdminDeps } from './admin/deps.ts';
import { startTicker } from './admission/ticker.ts';
import { createChallenges } from './challenge/challenges.ts';
import { createCodeSigner } from './codes/code.ts';
import { createRevokedCodes } from './codes/revoked.ts';
import { createUnsavedUses } from './codes/uses.ts';
import { createLimits, type LimitSettings, type Limits } from './limits/limits.ts';
import { defineScripts } from './lua/scripts.ts';
import { createMeters } from './meters.ts';
import type { NoJsPageDeps } from './no-js-page/deps.ts';
import type { PageDeps } from './pages/deps.ts';
import type { ProtectDeps } from './protect/deps.ts';
import type { ReminderDeps } from './reminders/deps.ts';
import { createReminderSecrets } from './reminders/secrets.ts';
import { startReminders } from './reminders/start.ts';
import { createRoomDirectory } from './rooms/directory.ts';
import { startTimeline } from './rooms/timeline/keep.ts';
import { createThemeDirectory } from './themes/directory.ts';
import { createTicketCommands } from './tickets/commands.ts';
import { createTicketSigner } from './tickets/ticket.ts';
import { cacheVerified } from './tickets/verified-cache.ts';
import { startRevocationCleanUp } from './tokens/clean-up.ts';
import { openKeyring } from './tokens/keyring.ts';
import { createUnsavedReleases } from './tokens/released.ts';
import { startWebhooks } from './webhooks/start.ts';

/** All dependencies of one gateway process. Each folder names the part that it uses in its own `deps.ts`. */
export type Gateway = AdminDeps & NoJsPageDeps & PageDeps & ProtectDeps & ReminderDeps & { limits: Limits };

export type GatewayParts = {
  redis: RedisClient;
  sql: Sql;
  clock: Clock;
  log: Log;
  secrets: {
    /** The first signs tickets and derives the binding secrets of tokens; all are accepted. */
    tickets: readonly string[];
    /** Encrypts signing keys, reminders and operators' secrets at rest. */
    encryption: string;
  };
  limits: LimitSettings;
  config: Omit<Gateway['config'], 'bindingSecret'>;
};

/**
 * Builds a gateway from its connections, secrets and settings. It starts nothing, and reads the signing keys from
 * Postgres (it creates the first one).
 * @throws when there is no ticket secret
 */
export async function createGateway(parts: GatewayParts): Promise<Gateway> {
  const { sql, clock, log, secrets, config } = parts;
  const [bindingSecret] = secrets.tickets;
  if (!bindingSecret) throw new Error('a gateway needs at least one ticket secret');
  const redis = defineScripts(parts.redis);
  const sealer = createSealer(secrets.encryption, 'shopfast operators');
  return {
    redis,
    commands: createTicketCommands(redis),
    sql,
    clock,
    log,
    config: { ...config, bindingSecret },
    rooms: createRoomDirectory(sql, sealer),
    themes: createThemeDirectory(sql),
    tickets: cacheVerified(createTicketSigner(secrets.tickets)),
    keyring: await openKeyring(sql, secrets.encryption, clock.now),
    challenges: createChallenges(secrets.tickets),
    codes: createCodeSigner(secrets.tickets),
    codeUses: createUnsavedUses(),
    revokedCodes: createRevokedCodes(sql),
    released: createUnsavedReleases(),
    reminders: createReminderSecrets(secrets.tickets, secrets.encryption),
    limits: createLimits(parts.limits, clock),
    meters: createMeters(),
    sealer,
  };
}

/**
 * Starts what a gateway does by itself, until the lifecycle closes.
 * @param options.rounds whether it looks once a second for due webhooks and reminders. Default: true
 */
export function startBackgroundWork(
  gateway: Gateway,
  lifecycle: Lifecycle,
  { rounds = true }: { rounds?: boolean } = {},
): void {
  startTicker(gateway, lifecycle);
  startTimeline(gateway, lifecycle);
  startRevocationCleanUp(gateway, lifecycle);
  if (!rounds) return;
  startWebhooks(gateway, lifecycle);
  startReminders(gateway, lifecycle);
}
