import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../project.mjs';
import { filesNamed } from '../repository/files.mjs';

const FENCES = /^(```|~~~)[\s\S]*?^\1/gm;
const CODE = /`[^`\n]*`/g;
const LINKS = /!?\[(?:[^\]\\]|\\.)*\]\(\s*<?([^\s)>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)/gm;

/** @returns {string[]} links of documents to files or headings of this repository that do not exist */
export function brokenLinks(documents = filesNamed(/\.md$/)) {
  return documents.flatMap((document) =>
    linksOf(read(document))
      .filter((link) => !/^[a-z][a-z+.-]*:|^\/\//i.test(link))
      .flatMap((link) => {
        const why = problemOf(document, link);
        return why ? [`${document}: ${link} ${why}`] : [];
      }),
  );
}

function problemOf(document, link) {
  const [path = '', heading] = link.split('#').map(decodeURIComponent);
  const target =
    path === '' ? document : path.startsWith('/') ? path.slice(1) : join(dirname(document), path);
  const file = join(root, target);
  if (target.startsWith('..') || !existsSync(file)) return 'leads nowhere';
  if (heading === undefined || statSync(file).isDirectory() || !target.endsWith('.md')) return undefined;
  return anchorsOf(read(target)).has(heading) ? undefined : 'names a missing heading';
}

const read = (document) => readFileSync(join(root, document), 'utf8');

/** The targets of a document's links. */
export function linksOf(markdown) {
  const prose = markdown.replace(FENCES, '').replace(CODE, '');
  return [...prose.matchAll(LINKS)].map(
    ([, inline, reference]) => /** @type {string} */ (inline ?? reference),
  );
}

/** The anchors that GitHub gives to a document's headings. */
export function anchorsOf(markdown) {
  const seen = new Map();
  const headings = markdown.replace(FENCES, '').matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm);
  const anchors = new Set([...markdown.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id]) => id));
  for (const [, title = ''] of headings) {
    const text = title.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = text.replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '').replace(/\s/g, '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    anchors.add(times === 0 ? slug : `${slug}-${times}`);
  }
  return anchors;
}
