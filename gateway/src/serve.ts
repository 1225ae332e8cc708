import { connectDb } from '@shopfast/db/client';
import { systemClock } from '@shopfast/kit/clock';
import { announceReady, listen } from '@shopfast/kit/http';
import { runService } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { connectRedis } from '@shopfast/kit/redis';
import { ensureFirstKey } from './admin/first-key.ts';
import { startTicker } from './admission/ticker.ts';
import { createApp } from './app.ts';
import { createChallenges } from './challenge/challenges.ts';
import { createCodeSigner } from './codes/code.ts';
import { createUnsavedUses } from './codes/uses.ts';
import type { Gateway } from './deps.ts';
import { readGatewayEnv } from './env.ts';
import { createLimits } from './limits/limits.ts';
import { defineScripts } from './lua/scripts.ts';
import { createRoomDirectory } from './rooms/directory.ts';
import { restoreRoom } from './rooms/mirror.ts';
import { createTicketCommands } from './tickets/commands.ts';
import { createTicketSigner } from './tickets/ticket.ts';
import { openKeyring } from './tokens/keyring.ts';

const env = readGatewayEnv();
const log = createLog('gateway', env.LOG_LEVEL);

await runService(log, async (lifecycle) => {
  const { sql } = connectDb(env.DATABASE_URL, { name: 'gateway', max: env.DB_POOL, lifecycle, log });
  const redis = defineScripts(connectRedis(env.REDIS_URL, 'requests', { log, lifecycle }));
  const [ticketSecret] = env.TICKET_SECRET;
  const gateway: Gateway = {
    redis,
    commands: createTicketCommands(redis),
    sql,
    clock: systemClock,
    log,
    config: {
      publicUrl: env.PUBLIC_URL.replace(/\/$/, ''),
      checkoutUrl: env.CHECKOUT_URL.replace(/\/$/, ''),
      tickMs: env.TICK_MS,
      bindingSecret: ticketSecret as string,
    },
    rooms: createRoomDirectory(sql),
    tickets: createTicketSigner(env.TICKET_SECRET),
    keyring: await openKeyring(sql, env.KEY_ENCRYPTION_SECRET, systemClock.now),
    challenges: createChallenges(env.TICKET_SECRET),
    codes: createCodeSigner(env.TICKET_SECRET),
    codeUses: createUnsavedUses(),
    limits: createLimits(
      {
        trustedProxies: env.TRUSTED_PROXIES,
        joinBurst: env.JOIN_BURST_PER_ADDRESS,
        joinsPerSecond: env.JOINS_PER_SECOND_PER_ADDRESS,
        adminCallsPerSecond: env.ADMIN_CALLS_PER_SECOND,
      },
      systemClock,
    ),
  };
  if (env.ADMIN_KEY) await ensureFirstKey(sql, env.ADMIN_KEY, systemClock.now());
  await gateway.rooms.refresh();
  for (const room of gateway.rooms.all()) await restoreRoom(gateway, room.id);
  startTicker(gateway, lifecycle);

  let draining = false;
  const app = createApp(gateway, { lifecycle, isDraining: () => draining });
  const { port } = await listen({
    fetch: app.fetch,
    port: env.PORT,
    host: env.HOST,
    reusePort: env.REUSE_PORT,
    lifecycle,
  });
  lifecycle.onClose('readiness', () => {
    draining = true;
  });
  log.info({ port }, 'the gateway answers');
  announceReady({ url: `http://${env.HOST}:${port}` });
});
