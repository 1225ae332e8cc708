import { watch } from 'node:fs';
import { join, relative } from 'node:path';
import type { Lifecycle } from '@shopfast/kit/lifecycle';

/** An editor writes a file in several steps; a git checkout writes many files. */
const QUIET_MS = 80;

/**
 * Reports changed files in some folders; changes at nearly the same time come in one report.
 * @param root the folder that `folders` and the reported files are relative to
 */
export function watchFolders(
  root: string,
  folders: string[],
  lifecycle: Lifecycle,
  onChange: (files: string[]) => void,
): void {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    const files = [...changed];
    changed.clear();
    onChange(files);
  };
  for (const folder of folders) {
    const watcher = watch(join(root, folder), { recursive: true }, (_event, name) => {
      if (name === null) return;
      changed.add(relative(root, join(root, folder, name)));
      clearTimeout(timer);
      timer = setTimeout(tell, QUIET_MS);
    });
    // The folder was removed meanwhile; the others continue.
    watcher.on('error', () => watcher.close());
    lifecycle.onClose(`watching ${folder}`, () => watcher.close());
  }
  lifecycle.onClose('changes', () => clearTimeout(timer));
}
