import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Better takes ten times as long for this file, and makes it 3 % smaller. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** A picture that Redoc would load from its maker's host. */
const LOGO = 'https://cdn.redoc.ly/redoc/logo-mini.svg';

/**
 * Writes Redoc, which draws the API reference at `/docs`, into a folder: `redoc.js` with `.br` and `.gz`. It is one file
 * that needs no other package, and here it asks no other host.
 */
export function writeApiRenderer(folder: string): void {
  const original = readFileSync(new URL(import.meta.resolve('redoc/bundles/redoc.standalone.js')), 'utf8');
  if (!original.includes(LOGO)) throw new Error('Redoc has changed: see which hosts it asks now');
  const code = original.replaceAll(LOGO, 'data:,');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'redoc.js'), code);
  writeFileSync(join(folder, 'redoc.js.br'), brotliCompressSync(code, QUALITY));
  writeFileSync(join(folder, 'redoc.js.gz'), gzipSync(code, { level: 9 }));
}
