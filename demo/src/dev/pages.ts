import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Lifecycle } from '@shopfast/kit/lifecycle';

const FOLDER = join(import.meta.dirname, '../../../web-waitroom');

/**
 * Builds pages again, each time in a new process: a build loads the catalogues as modules, which stay in memory.
 * @returns functions that build, or throw the output of the build. A running build ends with the lifecycle
 */
export function createPageBuilder(lifecycle: Lifecycle) {
  const ending = new AbortController();
  lifecycle.onClose('build', () => ending.abort());

  async function run(script: string, args: string[]): Promise<void> {
    const child = spawn(process.execPath, [join(FOLDER, 'src/build', script), ...args], {
      ...{ cwd: FOLDER, stdio: ['ignore', 'pipe', 'pipe'], signal: ending.signal },
    });
    child.on('error', () => {}); // It was ended, or could not start: the exit code shows both.
    const closed = once(child, 'close') as Promise<[number | null]>;
    const [said, complained, [code]] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    if (code !== 0) throw new Error(`The pages could not be built.\n${said}${complained}`.trim());
  }

  return {
    /** Ends a running build and starts no other. */
    stop: () => ending.abort(),
    pages: (names: string[]): Promise<void> => {
      // Partial builds leave old assets: the next production command builds everything again.
      rmSync(join(FOLDER, 'dist', '.stamp'), { force: true });
      return run('some-pages.ts', names);
    },
    /** The gallery of the waiting page, into a separate folder. */
    gallery: (folder: string): Promise<void> => run('gallery.ts', [folder]),
  };
}
