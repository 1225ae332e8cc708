import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of the first of these programs that can be run; undefined if there is none. */
export function findOnPath(names, env = process.env) {
  for (const name of names) {
    for (const folder of (env.PATH ?? '').split(delimiter)) {
      if (folder !== '' && isProgram(join(folder, name))) return join(folder, name);
    }
  }
  return undefined;
}

export function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
