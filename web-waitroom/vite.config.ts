import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { writeApiRenderer } from './src/build/api-renderer.ts';
import { compiledMessages } from './src/build/compiled-messages.ts';
import { compressed } from './src/build/compressed.ts';
import { contractsAlone } from './src/build/contracts-alone.ts';
import { documentsInLanguages, PAGES } from './src/build/documents-in-languages.ts';
import { plainImports } from './src/build/plain-imports.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/**
 * Each page is built separately: `dist/waiting/en.html` and so on, with one script and one style sheet in
 * `dist/assets/`, plus what only some visits need. On a slow phone a request costs more than sharing code between pages
 * saves.
 */
const buildOf = (page: string) => ({
  consumer: 'client' as const,
  build: {
    emptyOutDir: page === PAGES[0],
    rolldownOptions: { input: { [page]: path(`./src/${page}/index.html`) } },
  },
});

export default defineConfig({
  root: path('./src'),
  base: '/',
  publicDir: false,
  plugins: [
    react(),
    compiledMessages(),
    documentsInLanguages(),
    contractsAlone(),
    plainImports(),
    compressed(),
  ],
  build: {
    outDir: path('./dist'),
    // A strict Content-Security-Policy refuses data: addresses, so nothing is inlined as one.
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  environments: Object.fromEntries(PAGES.map((page) => [page, buildOf(page)])),
  builder: {
    async buildApp({ build, environments }) {
      for (const page of PAGES) await build(environments[page]!);
      writeApiRenderer(path('./dist/docs'));
    },
  },
});
