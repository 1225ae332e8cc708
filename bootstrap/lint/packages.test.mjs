import { expect, test } from 'vitest';
import { developmentImports, isLocked, missingPeers, registryHosts, undeclaredImports } from './packages.mjs';

test('every import is declared by the workspace that imports', () => {
  expect(undeclaredImports()).toEqual([]);
});

test('a running service imports only packages of a production installation', () => {
  expect(developmentImports()).toEqual([]);
});

test('no lock file names a registry, so that any network can install', () => {
  expect(registryHosts()).toEqual([]);
});

test('every required peer is installed', () => {
  expect(missingPeers()).toEqual([]);
});

test('a missing required peer is named, but not an optional one or one of another platform', () => {
  const packages = {
    '': {},
    'node_modules/framework': {},
    'node_modules/plugin': {
      peerDependencies: { framework: '1', missing: '1', nice: '1' },
      peerDependenciesMeta: { nice: { optional: true } },
    },
    'node_modules/elsewhere': { optional: true, peerDependencies: { absent: '1' } },
  };
  expect(missingPeers(packages)).toEqual(['package-lock.json: node_modules/plugin needs missing beside it']);
});

test('a package is searched where Node would find it', () => {
  const packages = { 'node_modules/a': {}, 'node_modules/a/node_modules/b': {}, 'kit/node_modules/c': {} };
  expect(isLocked(packages, 'node_modules/a/node_modules/b', 'a')).toBe(true);
  expect(isLocked(packages, 'node_modules/a', 'b')).toBe(true);
  expect(isLocked(packages, '', 'b')).toBe(false);
  expect(isLocked(packages, 'kit', 'c')).toBe(true);
});
