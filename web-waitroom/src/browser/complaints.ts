import type { Page } from 'playwright-core';

/** What the browser complains of from now on: console errors, what the page's policy refused, scripts that failed. */
export function listenForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}
