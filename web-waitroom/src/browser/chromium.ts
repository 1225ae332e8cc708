import { existsSync } from 'node:fs';
import { type Browser, type BrowserServer, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Quiet and small: no first-run pages, no network calls of its own. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The system's Chromium without a window, with a temporary profile. Close it when done.
 * @param executablePath its path, if not one of the usual ones
 * @throws if there is none
 */
export async function openChromium(executablePath?: string): Promise<Browser> {
  return chromium.launch(launchOptions(executablePath));
}

/** The same browser, for several processes at once: they connect to its `wsEndpoint()`. */
export async function serveChromium(executablePath?: string): Promise<BrowserServer> {
  return chromium.launchServer({ ...launchOptions(executablePath), host: '127.0.0.1' });
}

function launchOptions(executablePath = PLACES.find((path) => existsSync(path))) {
  if (!executablePath)
    throw new Error(`Chromium is needed for browser tests; looked for ${PLACES.join(', ')}`);
  return { executablePath, args: FLAGS, headless: true };
}
