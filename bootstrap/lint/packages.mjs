import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../project.mjs';
import { filesNamed } from '../repository/files.mjs';
import { importsOf, reachableFrom, readManifest, workspaceOf } from '../repository/imports.mjs';

/** What runs in a production tree. Each starts with the packages of its own manifest, without development tools. */
const PROGRAMS = [
  ...['gateway', 'checkout', 'workers'].map((service) => `${service}/src/serve.ts`),
  ...['db/src/migrate.ts', 'db/src/make-roles.ts'],
];

/** @returns {string[]} imports of packages that the importing workspace does not declare */
export function undeclaredImports() {
  return filesNamed(/\.[cm]?[jt]sx?$/)
    .filter((file) => !file.startsWith('docs/examples/'))
    .flatMap((file) => {
      const { name, dependencies, devDependencies, optionalDependencies, peerDependencies } = readManifest(
        workspaceOf(file),
      );
      const declared = {
        [name]: '',
        ...dependencies,
        ...devDependencies,
        ...optionalDependencies,
        ...peerDependencies,
      };
      return importsOf(file)
        .filter((imported) => imported.package && !(imported.package in declared))
        .map(
          (imported) => `${file}: ${imported.package} is not declared in ${workspaceOf(file)}/package.json`,
        );
    });
}

/** @returns {string[]} imports of a running service that `npm ci --omit=dev` would not install */
export function developmentImports() {
  return PROGRAMS.flatMap((program) => [...reachableFrom(program)])
    .flatMap((file) => {
      const { name, dependencies } = readManifest(workspaceOf(file));
      return importsOf(file)
        .filter((imported) => imported.package && !(imported.package in { [name]: '', ...dependencies }))
        .map(
          (imported) =>
            `${file}: ${imported.package} must be in "dependencies": an installation runs this file`,
        );
    })
    .filter((line, index, all) => all.indexOf(line) === index);
}

/** The packages of a lock file, by folder, e.g. `node_modules/zod`. */
export function readLock(folder) {
  return JSON.parse(readFileSync(join(root, folder, 'package-lock.json'), 'utf8')).packages;
}

/** Packages whose required peers may be missing, and why. */
const WITHOUT_PEERS = {
  'node_modules/redoc': 'only its standalone bundle is used, and that contains all that it needs',
  'node_modules/mobx-react': 'a part of redoc',
  'node_modules/mobx-react-lite': 'a part of redoc',
};

/** @returns {string[]} packages with a required peer that is not installed (`legacy-peer-deps` does not check it) */
export function missingPeers(packages = readLock('.')) {
  return Object.entries(packages).flatMap(([path, entry]) =>
    entry.optional || path in WITHOUT_PEERS // Optional: perhaps for another platform.
      ? []
      : Object.keys(entry.peerDependencies ?? {})
          .filter((peer) => !entry.peerDependenciesMeta?.[peer]?.optional && !isLocked(packages, path, peer))
          .map((peer) => `package-lock.json: ${path} needs ${peer} beside it`),
  );
}

/** Searches as Node does: beside the package, then in each node_modules above it. */
export function isLocked(packages, path, name) {
  const place = path === '' ? `node_modules/${name}` : `${path}/node_modules/${name}`;
  if (place in packages) return true;
  if (path === '') return false;
  const above = path.lastIndexOf('/node_modules/');
  return isLocked(packages, above < 0 ? '' : path.slice(0, above), name);
}

/** @returns {string[]} registry addresses in lock files; other networks may not reach them */
export function registryHosts() {
  return ['.', 'artillery/tool', 'reference/generators'].flatMap((folder) =>
    Object.entries(readLock(folder))
      .filter(([, { resolved }]) => /^https?:/.test(resolved ?? ''))
      .map(([path, { resolved }]) => `${folder}/package-lock.json: ${path} comes from ${resolved}`),
  );
}
