import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../project.mjs';
import { filesNamed } from '../repository/files.mjs';
import { importsOf, reachableFrom, readManifest, workspaceOf } from '../repository/imports.mjs';

/** The services: each must start from the packages of its own manifest, without development tools. */
const SERVICES = ['gateway', 'checkout', 'workers'];

/** @returns {string[]} each import of a package that the importing workspace does not declare */
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

/** @returns {string[]} each import of a running service that `npm ci --omit=dev` would not install */
export function developmentImports() {
  return SERVICES.flatMap((service) => [...reachableFrom(`${service}/src/serve.ts`)])
    .flatMap((file) => {
      const { name, dependencies } = readManifest(workspaceOf(file));
      return importsOf(file)
        .filter((imported) => imported.package && !(imported.package in { [name]: '', ...dependencies }))
        .map(
          (imported) => `${file}: ${imported.package} must be in "dependencies": a service runs this file`,
        );
    })
    .filter((line, index, all) => all.indexOf(line) === index);
}

/** What a lock file says of the packages: by their folder, e.g. `node_modules/zod`. */
export function readLock(folder) {
  return JSON.parse(readFileSync(join(root, folder, 'package-lock.json'), 'utf8')).packages;
}

/** @returns {string[]} each package whose required peer nobody installs (`legacy-peer-deps` leaves that to us) */
export function missingPeers(packages = readLock('.')) {
  return Object.entries(packages).flatMap(([path, entry]) =>
    entry.optional // Of another platform, perhaps.
      ? []
      : Object.keys(entry.peerDependencies ?? {})
          .filter((peer) => !entry.peerDependenciesMeta?.[peer]?.optional && !isLocked(packages, path, peer))
          .map((peer) => `package-lock.json: ${path} needs ${peer} beside it`),
  );
}

/** Looks where Node would: beside the package that asks, then in each node_modules above it. */
export function isLocked(packages, path, name) {
  const place = path === '' ? `node_modules/${name}` : `${path}/node_modules/${name}`;
  if (place in packages) return true;
  if (path === '') return false;
  const above = path.lastIndexOf('/node_modules/');
  return isLocked(packages, above < 0 ? '' : path.slice(0, above), name);
}

/** @returns {string[]} each address of a registry in a lock file, which another network may not reach */
export function registryHosts() {
  return ['.', 'artillery/tool'].flatMap((folder) =>
    Object.entries(readLock(folder))
      .filter(([, { resolved }]) => /^https?:/.test(resolved ?? ''))
      .map(([path, { resolved }]) => `${folder}/package-lock.json: ${path} comes from ${resolved}`),
  );
}
