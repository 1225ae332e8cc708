import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { oneAtATime } from './one-at-a-time.mjs';
import { projectNode, root } from './project.mjs';
import { runQuietly } from './quietly.mjs';
import { SetupError, say } from './say.mjs';

const ADVICE =
  'Is the npm registry reachable (npm ping)? Behind a proxy: npm config set proxy …. ' +
  'Then run the same command again.';

/**
 * Installs the npm packages if there are none, or if the lock file changed. Adds the project's Node to the PATH, and keeps
 * compiled modules: each start of a service then takes half the processor time.
 */
export async function installPackages(env) {
  await installLocked(root, env, 'the npm packages (about 600 MB, some minutes the first time)');
  if (!existsSync(projectNode)) {
    throw new SetupError(
      'The package "node", which brings the Node of this project, has no program in it. Were install scripts switched ' +
        'off (npm config get ignore-scripts)? Run: npm rebuild node --ignore-scripts=false',
    );
  }
  const path = [dirname(projectNode), join(root, 'node_modules', '.bin'), env.PATH ?? ''].join(delimiter);
  return { PATH: path, NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node-compiled') };
}

/**
 * Runs `npm ci` in a folder with a package-lock.json, unless the locked packages are installed.
 * @param what the object of "Installing …"
 */
export async function installLocked(folder, env, what) {
  if (isInstalled(folder)) return;
  await oneAtATime(async () => {
    const why = reasonToInstall(folder);
    if (why === undefined) return;
    say(`Installing ${what}: ${why}.`);
    const { program, args } = npmCommand();
    await runQuietly(
      program,
      [...args, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=http'],
      {
        title: 'npm ci',
        advice: ADVICE,
        // npm recreates the folder at the next start in any case.
        killAfterMs: 2_000,
        noise: /^npm http /,
        cwd: folder,
        env,
      },
    );
    writeFileSync(stampFile(folder), lockHash(folder));
  });
}

function isInstalled(folder) {
  try {
    return readFileSync(stampFile(folder), 'utf8') === lockHash(folder);
  } catch {
    return false;
  }
}

function reasonToInstall(folder) {
  if (isInstalled(folder)) return undefined;
  if (!existsSync(join(folder, 'node_modules'))) return 'there is no node_modules yet';
  if (holdsWhatIsLocked(folder)) {
    writeFileSync(stampFile(folder), lockHash(folder)); // Somebody ran npm install by hand.
    return undefined;
  }
  return 'package-lock.json has changed since the last installation';
}

/** Compares the lock file with npm's record of the installed packages. */
function holdsWhatIsLocked(folder) {
  try {
    const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(
      readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8'),
    ).packages;
    return Object.entries(wanted).every(([path, entry]) => {
      if (!path.includes('node_modules/')) return true;
      return present[path] ? present[path].version === entry.version : entry.optional === true;
    });
  } catch {
    return false;
  }
}

const stampFile = (folder) => join(folder, 'node_modules', '.shopfast-lock');

/** Hash of lock file and platform: a folder shared with a container needs other binaries there. */
function lockHash(folder) {
  const hash = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json')));
  return hash.update(`${process.platform}-${process.arch}`).digest('hex');
}

/** The npm that runs us, or else the one on the PATH. */
function npmCommand() {
  const runsUs = process.env.npm_execpath;
  return runsUs && basename(runsUs).startsWith('npm') && existsSync(runsUs) && /\.c?js$/.test(runsUs)
    ? { program: process.execPath, args: [runsUs] }
    : { program: 'npm', args: [] };
}
