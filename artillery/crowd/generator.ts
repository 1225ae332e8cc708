/** One process of the crowd. Its first message configures it; it ends when done, on request, or with its parent. */
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createPressers } from '../baseline/pressers.ts';
import { openConnections } from './connections.ts';
import type { FromGenerator, GeneratorConfig } from './messages.ts';
import { createShoppers } from './shoppers.ts';

process.once('disconnect', () => process.exit(143));
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined); // The parent decides when to end.

process.once('message', (config: GeneratorConfig) => {
  const connections = openConnections(new URL(config.gateway), config.connections, config.patienceMs);
  const crowd = (config.shop === 'old' ? createPressers : createShoppers)(config, connections);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const say = (message: FromGenerator) => process.send?.(message);
  let over = false;

  function end(): void {
    if (over) return;
    over = true;
    clearInterval(beat);
    const results = crowd.stop();
    connections.close();
    writeFileSync(config.logFile, crowd.log.toBytes());
    const { user, system } = process.cpuUsage();
    results.cpuSeconds = (user + system) / 1e6;
    process.send?.({ results } satisfies FromGenerator, () => process.exit(0));
  }

  const beat = setInterval(() => {
    say({
      beat: {
        ...{ joined: crowd.joined, ended: crowd.ended },
        ...{ inFlight: connections.inFlight, queued: connections.queued },
        delayMs: Math.max(0, delay.percentile(99) / 1e6 - 10),
      },
    });
    delay.reset();
    if (crowd.ended === crowd.size) end();
  }, 1_000);
  process.once('message', end);
});
