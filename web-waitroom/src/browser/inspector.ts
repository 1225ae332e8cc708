import { isNightly } from '@shopfast/kit/testing/runs';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { violationsOf } from './axe.ts';
import { listenForComplaints } from './complaints.ts';

/** Together they cover both text directions and both colour schemes. */
export const READERS = [
  { locale: 'en-GB', colorScheme: 'light' },
  { locale: 'ar-EG', colorScheme: 'dark' },
] as const;

/** Who takes a tour: by turns one of them, at night both. */
export function createReaders(): () => (typeof READERS)[number][] {
  let tours = 0;
  return () => {
    tours += 1;
    return READERS.filter((_, at) => isNightly || at === tours % READERS.length);
  };
}
const PHONE = { width: 360, height: 740 };

export type Inspector = {
  page: Page;
  context: BrowserContext;
  /**
   * Inspects the current page: axe, overflow, and the browser's complaints since the last inspection.
   * @param state its name, for the report
   * @param refused status codes that belong to the state: Chromium logs each to the console
   */
  look(state: string, refused?: readonly number[]): Promise<void>;
  /** Everything found so far, one line each. */
  findings: readonly string[];
};

/** Opens a page as wide as a phone, on which a tour inspects state after state; closes it after the tour. */
export async function inspecting(
  browser: Browser,
  options: BrowserContextOptions,
  tour: (inspector: Inspector) => Promise<void>,
): Promise<readonly string[]> {
  // No animations: axe must not judge half-faded text.
  const context = await browser.newContext({ viewport: PHONE, reducedMotion: 'reduce', ...options });
  try {
    const page = await context.newPage();
    const complaints = listenForComplaints(page);
    const findings: string[] = [];
    const look = async (state: string, refused: readonly number[] = []) => {
      const note = (found: string) => void findings.push(`${state}: ${found}`);
      for (const violation of await violationsOf(page)) note(violation);
      const surplus = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (surplus !== 0) note(`${surplus} px of overflow`);
      for (const complaint of complaints.splice(0)) if (!isOf(refused, complaint)) note(complaint);
    };
    await tour({ page, context, look, findings });
    return findings;
  } finally {
    await context.close();
  }
}

const isOf = (refused: readonly number[], complaint: string) =>
  refused.some((status) =>
    complaint.includes(status === OFFLINE ? 'ERR_INTERNET_DISCONNECTED' : `with a status of ${status} `),
  );

/** Used as a status: the browser was offline. */
export const OFFLINE = 0;
