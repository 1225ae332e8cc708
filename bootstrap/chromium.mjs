import { aptInstall, canUseApt } from './apt.mjs';
import { findOnPath, isProgram } from './on-path.mjs';
import { SetupError } from './say.mjs';

const WAYS_OUT = `The browser tests need Chromium or Chrome. Install it with one of these:
  Debian           sudo apt-get install chromium
  Fedora           sudo dnf install chromium
  macOS            brew install --cask chromium
  anything else    set CHROMIUM_PATH to the program of a Chromium or Chrome that is installed
Then run the same command again.`;

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const MAC_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Finds or installs the browser of the tests and passes its path on as CHROMIUM_PATH. */
export async function prepareChromium(env) {
  if (env.CHROMIUM_PATH) {
    if (isProgram(env.CHROMIUM_PATH)) return {};
    throw new SetupError(`CHROMIUM_PATH is ${env.CHROMIUM_PATH}, which is not a program.\n${WAYS_OUT}`);
  }
  const found = findChromium(env);
  if (found) return { CHROMIUM_PATH: found };
  if (!canUseApt(env)) throw new SetupError(WAYS_OUT);
  await aptInstall(env, {
    packages: ['chromium', 'fonts-liberation'],
    why: 'the tests open the pages in a browser',
    advice: WAYS_OUT,
  });
  const installed = findChromium(env);
  if (!installed) throw new SetupError(WAYS_OUT);
  return { CHROMIUM_PATH: installed };
}

function findChromium(env) {
  return findOnPath(NAMES, env) ?? (process.platform === 'darwin' ? MAC_PLACES.find(isProgram) : undefined);
}
