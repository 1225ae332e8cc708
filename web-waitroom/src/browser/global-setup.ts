import { createLifecycle } from '@shopfast/kit/lifecycle';
import { FREE_PORTS, startSystem } from '@shopfast/sandbox/system/system';
import type { TestProject } from 'vitest/node';
import { serveChromium } from './chromium.ts';
import { chromiumPath } from './env.ts';

/** Starts the system and the browser that the selected files share, if any. They end with the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const lifecycle = createLifecycle();
  if (!project.getProvidedContext().usesSharedSystem) return () => lifecycle.close();
  try {
    const [system, server] = await Promise.all([
      startSystem({ ports: FREE_PORTS, logLevel: 'warn' }).then((started) => {
        lifecycle.onClose('system', () => started.stop());
        return started;
      }),
      serveChromium(chromiumPath()).then((started) => {
        lifecycle.onClose('browser', () => started.close());
        return started;
      }),
    ]);
    const { urls, databaseUrl, adminKey, gateways } = system;
    project.provide('sharedSystem', {
      ...{ urls, databaseUrl, adminKey, gateways: { length: gateways.length } },
      browserUrl: server.wsEndpoint(),
    });
    return () => lifecycle.close();
  } catch (error) {
    await lifecycle.close();
    throw error;
  }
}
