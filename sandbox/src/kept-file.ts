import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';
import { repeat } from '@shopfast/kit/repeat';

const EVERY_MS = 1_000;

/** What a run before kept in this file; undefined when there is none, or no file is named. */
export function readKept<Content>(file: string | undefined): Content | undefined {
  return file !== undefined && existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Content)
    : undefined;
}

/**
 * Keeps what `read` gives in a file, about once a second and at the end: a killed process loses its last second. Register it
 * before whatever changes the content, so that the last change is in it.
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
    // A reader meets the old content or the new one, never half of it.
    writeFileSync(`${file}.new`, content, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    written = content;
  };
  lifecycle.onClose('kept file', write);
  repeat(EVERY_MS, 'keeping in a file', write, { log, lifecycle });
}
