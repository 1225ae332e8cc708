import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { catalogueInHtml } from './src/build/catalogue-in-html.ts';
import admin from './src/i18n/admin/en.ts';
import lottery from './src/i18n/lottery/en.ts';
import shop from './src/i18n/shop/en.ts';
import waiting from './src/i18n/waiting/en.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** All pages from one build: `dist/waiting/index.html` and so on, and what they share under `dist/assets/`. */
export default defineConfig({
  root: path('./src'),
  base: '/',
  publicDir: false,
  plugins: [react(), catalogueInHtml({ waiting, shop, lottery, admin })],
  build: {
    outDir: path('./dist'),
    emptyOutDir: true,
    // A strict Content-Security-Policy refuses data: addresses, so nothing is inlined as one.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        waiting: path('./src/waiting/index.html'),
        shop: path('./src/shop/index.html'),
        lottery: path('./src/lottery/index.html'),
        admin: path('./src/admin/index.html'),
      },
    },
  },
});
