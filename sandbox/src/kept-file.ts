import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';
import { repeat } from '@shopfast/kit/repeat';

const EVERY_MS = 1_000;

/** The content from an earlier run; undefined without a file, or when no file is named. */
export function readKept<Content>(file: string | undefined): Content | undefined {
  if (file === undefined || !existsSync(file)) return undefined;
  // The cast: an earlier run of the same program wrote it, with `keepInFile`.
  return JSON.parse(readFileSync(file, 'utf8')) as Content;
}

/**
 * Writes the result of `read` to a file, about once a second and at the end: a killed process loses its last second.
 * Register it before the parts that change the content, so that the file has the last change.
 */
export function keepInFile(
  file: string | undefined,
  read: () => unknown,
  { log, lifecycle }: { log: Log; lifecycle: Lifecycle },
): void {
  if (file === undefined) return;
  let written = '';
  const write = async () => {
    const content = JSON.stringify(read());
    if (content === written) return;
    // A reader gets the old content or the new one, never a part of it.
    writeFileSync(`${file}.new`, content, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    written = content;
  };
  lifecycle.onClose('kept file', write);
  repeat(EVERY_MS, 'keeping in a file', write, { log, lifecycle });
}
