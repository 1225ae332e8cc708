import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { violationsOf } from './axe.ts';
import { listenForComplaints } from './complaints.ts';

/** Who looks at the pages: between them they see both directions of writing, and both schemes of colours. */
export const READERS = [
  { locale: 'en-GB', colorScheme: 'light' },
  { locale: 'ar-EG', colorScheme: 'dark' },
] as const;
const PHONE = { width: 360, height: 740 };

export type Inspector = {
  page: Page;
  context: BrowserContext;
  /**
   * Looks at the page as it stands: what axe finds, what is beyond the edge, what the browser complained of since the last
   * look.
   * @param state its name, for who has to mend it
   * @param refused status codes of the refusals that belong to the state: Chromium writes each into the console
   */
  look(state: string, refused?: readonly number[]): Promise<void>;
  /** Everything found so far, a line each. */
  findings: readonly string[];
};

/** Opens a page of a phone's width, so that a tour through its states can look at each; closes it after the tour. */
export async function inspecting(
  browser: Browser,
  options: BrowserContextOptions,
  tour: (inspector: Inspector) => Promise<void>,
): Promise<readonly string[]> {
  // Still, so that no half-faded text is judged.
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
      if (surplus !== 0) note(`${surplus} px beyond the edge`);
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

/** In place of a status: the browser was offline. */
export const OFFLINE = 0;
