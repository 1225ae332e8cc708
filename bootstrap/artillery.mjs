import { join } from 'node:path';
import { installLocked } from './packages.mjs';
import { root } from './project.mjs';

/** Installs the load tool. It has its own lock file, because it is large and only load tests need it. */
export async function prepareArtillery(env) {
  const withoutBrowsers = { ...env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
  await installLocked(
    join(root, 'artillery', 'tool'),
    withoutBrowsers,
    'artillery (about 460 MB, for load tests and their own tests)',
  );
  return { ARTILLERY_DISABLE_TELEMETRY: 'true' };
}
