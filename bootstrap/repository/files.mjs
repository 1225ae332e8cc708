import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../project.mjs';

const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', 'reports', '.git', '.turbo']);

/**
 * The files of the repository, relative to its root, without installed and built ones.
 * @param {RegExp} name of the wanted files
 * @returns {string[]}
 */
export function filesNamed(name, folder = '') {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !NOT_OURS.has(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesNamed(name, path);
      return name.test(entry.name) ? [path] : [];
    })
    .sort();
}
