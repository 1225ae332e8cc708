import type { Plugin } from 'vite';

/** What Vite calls around each `import()`, for styles and imports of the loaded script. Ours have none, and this is a tenth of its weight. */
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
