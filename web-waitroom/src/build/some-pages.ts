/** Builds only the named pages, into the folder of all pages: `node src/build/some-pages.ts waiting shop`. For `npm run dev`. */
import { fileURLToPath } from 'node:url';
import { createBuilder } from 'vite';

const pages = process.argv.slice(2);

const builder = await createBuilder({
  configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
  logLevel: 'warn',
  environments: Object.fromEntries(pages.map((page) => [page, { build: { emptyOutDir: false } }])),
});
for (const page of pages) {
  const environment = builder.environments[page];
  if (!environment) throw new Error(`There is no page ${page}`);
  await builder.build(environment);
}
