import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const dist = new URL('../../dist/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, dist));

/** Every file that the first visit of a page loads: the page, its linked files, and their static imports. */
function loadedBy(page: string): Map<string, Buffer> {
  const loaded = new Map<string, Buffer>();
  const load = (path: string) => {
    if (loaded.has(path)) return;
    loaded.set(path, read(path));
    for (const [, found] of read(path)
      .toString()
      .matchAll(/(?<!import\()["'`](?:\/assets\/|\.\/)([\w.-]+\.(?:js|css|svg))["'`]/g))
      load(`assets/${found}`);
  };
  load(page);
  return loaded;
}

/** The page in each of its languages. */
const documentsOf = (page: string) =>
  readdirSync(new URL(`${page}/`, dist))
    .filter((name) => name.endsWith('.html'))
    .map((name) => `${page}/${name}`);

test.each(documentsOf('waiting'))(
  '%s weighs at most 15 kB gzip with all that its first visit loads',
  (document) => {
    const files = loadedBy(document);
    const kinds = [...files.keys()].map((path) => path.split('.').pop()).sort();
    expect(kinds).toEqual(['html', 'js', 'svg']);
    const bytes = [...files.values()].reduce((sum, file) => sum + gzipSync(file).length, 0);
    expect(bytes).toBeLessThanOrEqual(15_000);
  },
);

test('the waiting page carries no framework', () => {
  for (const file of loadedBy('waiting/en.html').values()) expect(file.toString()).not.toMatch(/react/i);
});

test('the first visit of the shop carries neither forms nor contracts', () => {
  const all = readdirSync(new URL('assets/', dist)).filter((name) => name.endsWith('.js'));
  for (const sign of [/isSubmitting/, /ZodType/]) {
    expect(all.some((name) => sign.test(read(`assets/${name}`).toString()))).toBe(true);
    for (const file of loadedBy('shop/en.html').values()) expect(file.toString()).not.toMatch(sign);
  }
});

test.each(['waiting', 'shop', 'lottery', 'admin', 'accessibility'].flatMap(documentsOf))(
  '%s stands under a strict Content-Security-Policy and loads nothing from outside',
  (document) => {
    const html = read(document).toString();
    expect(html).not.toMatch(/\sstyle=|\son\w+=|<script(?![^>]*\s(?:src=|type="application\/json"))/);
    expect(html).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//);
    expect(html).not.toMatch(/%[\w.:]+%/);
    const styles = [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(([, style]) => style);
    expect(styles).toHaveLength(1);
    expect(styles[0]).not.toMatch(/url\(|@import/);
    expect(readdirSync(new URL('assets/', dist)).filter((name) => name.endsWith('.css'))).toEqual([]);
  },
);
