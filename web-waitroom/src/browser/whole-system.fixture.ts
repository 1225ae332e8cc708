import { FREE_PORTS, type System, type SystemOptions, startSystem } from '@shopfast/sandbox/system/system';
import type { Browser } from 'playwright-core';
import { openChromium } from './chromium.ts';
import { chromiumPath } from './env.ts';

export type WholeSystem = { system: System; browser: Browser; close(): Promise<void> };

/** The whole product on free ports, and a real browser. */
export async function openWholeSystem(
  options: Pick<SystemOptions, 'cardForm' | 'env' | 'shopRoom'> = {},
): Promise<WholeSystem> {
  const system = await startSystem({ ports: FREE_PORTS, logLevel: 'warn', ...options });
  try {
    const browser = await openChromium(chromiumPath());
    const close = async () => {
      await browser.close();
      await system.stop();
    };
    return { system, browser, close };
  } catch (error) {
    await system.stop();
    throw error;
  }
}
