/** Builds the gallery of the waiting page into a folder that is not that of the pages: `node src/build/gallery.ts <folder>`. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('The folder is missing.');
const root = fileURLToPath(new URL('../gallery/', import.meta.url));

await build({
  ...{ configFile: false, root, base: '/gallery/', publicDir: false, logLevel: 'warn' },
  build: {
    ...{ outDir: resolve(folder), emptyOutDir: true, modulePreload: false, assetsInlineLimit: 0 },
    rolldownOptions: {
      input: { index: `${root}index.html`, frame: `${root}frame.ts` },
      output: { entryFileNames: '[name].js' },
    },
  },
});
