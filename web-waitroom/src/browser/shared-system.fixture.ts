import type { SaleSystem } from '@shopfast/sandbox/system/sale';
import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';

/** For one file; closing it leaves the system and the browser to the others. */
export type OpenedSystem = { system: SaleSystem; browser: Browser; close(): Promise<void> };

/**
 * The whole product and a browser that all files of the run share, each in rooms of its own. For a test that changes
 * the settings of services, or looks at all rooms, open a system of its own: `whole-system.fixture.ts`.
 */
export async function openSharedSystem(): Promise<OpenedSystem> {
  const system = inject('sharedSystem');
  const browser = await chromium.connect(system.browserUrl);
  return { system, browser, close: () => browser.close() };
}
