import { aptInstall, canUseApt } from './apt.mjs';
import { findOnPath } from './on-path.mjs';
import { SetupError } from './say.mjs';

const WAYS_OUT = `A test follows docs/first-drop.md with bash and curl, which are not both there. One of these gives them to you:
  Debian, Ubuntu   sudo apt-get install bash curl
  Fedora           sudo dnf install bash curl
  Alpine           apk add bash curl
  macOS            brew install bash curl
Then run the same command again.`;

/** Makes sure that bash and curl are installed, for tests that run the commands of a document. */
export async function prepareCurl(env) {
  const missing = () => ['bash', 'curl'].filter((name) => !findOnPath([name], env));
  if (missing().length === 0) return {};
  if (!canUseApt(env)) throw new SetupError(WAYS_OUT);
  await aptInstall(env, {
    packages: missing(),
    why: 'a test follows docs/first-drop.md with it',
    advice: WAYS_OUT,
  });
  if (missing().length > 0) throw new SetupError(WAYS_OUT);
  return {};
}
