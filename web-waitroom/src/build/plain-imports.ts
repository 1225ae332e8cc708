import type { Plugin } from 'vite';

/**
 * Removes the wrapper that Vite puts around `import()` for preloading styles and imports. Ours have none, and it weighs
 * a tenth of the script.
 */
export function plainImports(): Plugin {
  return {
    name: 'plain-imports',
    enforce: 'pre',
    load: {
      filter: { id: /^\0vite\/preload-helper/ },
      handler: () => 'export const __vitePreload = (load) => load();',
    },
  };
}
