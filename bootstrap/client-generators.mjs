import { join } from 'node:path';
import { installLocked } from './packages.mjs';
import { root } from './project.mjs';

/** Installs the generators of API clients. They have their own lock file, because they need an older TypeScript than ours. */
export async function prepareClientGenerators(env) {
  await installLocked(
    join(root, 'reference', 'generators'),
    env,
    'generators of API clients (about 40 MB, for the tests of the API document)',
  );
  return {};
}
