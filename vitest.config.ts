import { type Project, selectTests } from '@shopfast/bootstrap/repository/tests';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** The tests that this run selects; an editor that starts vitest without arguments may run all of them. */
const selected = selectTests(process.argv.slice(2).filter((word) => word !== 'run'));
const all = selectTests([]);

/** Which project a file belongs to follows from what it imports: `bootstrap/repository/tests.mjs`. */
function project(name: Project, more: Partial<NonNullable<ViteUserConfig['test']>> = {}) {
  const files = (tests: typeof all) => tests.filter((test) => test.project === name);
  return {
    extends: true as const,
    test: {
      name,
      include: files(all).map(({ file }) => file),
      // Only what the selected files ask for is started.
      provide: {
        stores: [...new Set(files(selected).flatMap(({ needs }) => [...needs.stores]))],
        usesSharedSystem: files(selected).some(({ needs }) => needs.shared),
      },
      ...more,
    },
  };
}

/** Half the time: files share what is imported, so a test restores everything that it stubs. */
const IN_ONE_PROCESS = {
  isolate: false,
  // They wait for processes more than they compute. They have the machine to themselves, before the heavier ones.
  maxWorkers: 4,
  sequence: { groupOrder: 0 },
};
const WITH_STORES = {
  globalSetup: ['sandbox/src/testing/global-setup.ts'],
  sequence: { groupOrder: 1 },
};

const WITH_SYSTEM = {
  globalSetup: [...WITH_STORES.globalSetup, 'web-waitroom/src/browser/global-setup.ts'],
  sequence: { groupOrder: 1 },
};

export default defineConfig({
  test: {
    exclude: ['**/node_modules/**', '**/dist/**'],
    pool: 'forks',
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [project('unit', IN_ONE_PROCESS), project('store', WITH_STORES), project('e2e', WITH_SYSTEM)],
  },
});
