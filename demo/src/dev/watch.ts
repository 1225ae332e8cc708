import { watch } from 'node:fs';
import { join, relative } from 'node:path';
import type { Lifecycle } from '@shopfast/kit/lifecycle';

/** An editor writes a file in several steps, and a checkout many files. */
const QUIET_MS = 80;

/**
 * Tells of the files that change below some folders, together when they change together.
 * @param root what `folders`, and the files that are told of, are relative to
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
    // A folder that was removed under our eyes; the others go on.
    watcher.on('error', () => watcher.close());
    lifecycle.onClose(`watching ${folder}`, () => watcher.close());
  }
  lifecycle.onClose('changes', () => clearTimeout(timer));
}
