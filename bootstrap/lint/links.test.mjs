import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../project.mjs';
import { anchorsOf, brokenLinks, linksOf } from './links.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(root, 'node_modules', '.links-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('every link inside the documents leads to a file, and to a heading of it', () => {
  expect(brokenLinks()).toEqual([]);
});

test('a link to a missing file, and one to a missing heading, are named', () => {
  writeFileSync(join(folder, 'other.md'), '# Here\n');
  writeFileSync(
    join(folder, 'one.md'),
    [
      '[good](other.md#here) [outside](https://shop.example/x) [itself](#top)',
      '# Top',
      '[bad](gone.md) [bad](other.md#there) ![bad](picture.png)',
      '```\n[in code](nothing.md)\n```',
    ].join('\n'),
  );
  const document = relative(root, join(folder, 'one.md'));
  expect(brokenLinks([document])).toEqual([
    `${document}: gone.md leads nowhere`,
    `${document}: other.md#there names a missing heading`,
    `${document}: picture.png leads nowhere`,
  ]);
});

test('links are found inline, around pictures, and in reference lists', () => {
  expect(linksOf('[![p](p.png)](page.md "title") and\n[ref]: other.md\n`[no](code.md)`')).toEqual(
    expect.arrayContaining(['p.png', 'other.md']),
  );
});

test('headings get the anchors that GitHub gives them', () => {
  const anchors = anchorsOf('# One `two` & three\n## One\n## One\n## [Linked](x.md) – dash\n');
  expect([...anchors]).toEqual(['one-two--three', 'one', 'one-1', 'linked--dash']);
});
