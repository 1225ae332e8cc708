import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const dist = new URL('../../dist/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, dist));

/** Every file that the first visit of a page loads: the page, what it links, and what those scripts import. */
function loadedBy(page: string): Map<string, Buffer> {
  const loaded = new Map<string, Buffer>();
  const load = (path: string) => {
    if (loaded.has(path)) return;
    loaded.set(path, read(path));
    for (const [, found] of read(path)
      .toString()
      .matchAll(/["'](?:\/assets\/|\.\/)([\w.-]+\.(?:js|css|svg))["']/g))
      load(`assets/${found}`);
  };
  load(page);
  return loaded;
}

test('the waiting page weighs at most 15 kB gzip in all', () => {
  const files = loadedBy('waiting/index.html');
  const kinds = [...files.keys()].map((path) => path.split('.').pop()).sort();
  expect(kinds).toEqual(expect.arrayContaining(['css', 'html', 'js', 'svg']));
  const bytes = [...files.values()].reduce((sum, file) => sum + gzipSync(file).length, 0);
  expect(bytes).toBeLessThanOrEqual(15_000);
});

test('the waiting page carries no framework', () => {
  for (const file of loadedBy('waiting/index.html').values()) expect(file.toString()).not.toMatch(/react/i);
});

test.each(['waiting', 'shop', 'admin'])(
  'the %s page stands under a strict Content-Security-Policy and loads nothing from outside',
  (page) => {
    const html = read(`${page}/index.html`).toString();
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
    expect(html).not.toMatch(/https?:\/\//);
    expect(html).not.toContain('%t:');
    for (const name of readdirSync(new URL('assets/', dist)).filter((name) => name.endsWith('.css')))
      expect(read(`assets/${name}`).toString()).not.toMatch(/url\(|@import/);
  },
);
