import { createHash } from 'node:crypto';
import { type ApiDocument, type Call, type Content, callsByTag } from './document.ts';
import { limitsOf, shape } from './shape.ts';

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; --accent: light-dark(#0b57d0, #8ab4f8); }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem 6rem; font: 16px/1.5 system-ui, sans-serif; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: .5rem 0; border-block: 1px solid var(--line); }
a { color: var(--accent); }
h2 { margin-top: 3rem; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; }
summary { padding: .5rem .75rem; cursor: pointer; }
summary:focus-visible { outline: 2px solid var(--accent); }
.call { padding: 0 1rem 1rem; }
.method { display: inline-block; min-width: 4.2rem; font-weight: 600; }
code, pre { font: 14px/1.5 ui-monospace, monospace; }
pre { background: var(--soft); padding: .75rem; border-radius: .375rem; overflow-x: auto; }
.about { color: light-dark(#555, #aaa); }
.key { font-size: .8rem; border: 1px solid var(--line); border-radius: 1rem; padding: 0 .5rem; }
`;

/** Header value: allows only this page's own style. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** `/docs`: the OpenAPI document as one page without scripts and external resources. */
export function renderPage(document: ApiDocument): string {
  const tags = [...callsByTag(document)];
  const schemas = Object.entries(document.components?.schemas ?? {});
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(document.info.title)}: API</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(document.info.title)}</h1>
<p>${escapeHtml(document.info.description ?? '')} The same as a document for programs: <a href="/openapi.json">openapi.json</a>.</p>
<nav aria-label="Sections">${tags.map(([tag]) => `<a href="#${anchor(tag)}">${escapeHtml(tag)}</a>`).join(' ')} <a href="#documents">Documents</a></nav>
<main>
${tags.map(([tag, calls]) => `<h2 id="${anchor(tag)}">${escapeHtml(tag)}</h2>\n${calls.map(renderCall).join('\n')}`).join('\n')}
<h2 id="documents">Documents</h2>
${schemas.map(([name, schema]) => `<h3 id="${anchor(name)}">${escapeHtml(name)}</h3>\n<p class="about">${escapeHtml(schema.description ?? '')}</p>\n${pre(shape(schema))}`).join('\n')}
</main>
</body>
</html>
`;
}

function renderCall({ method, path, operation }: Call): string {
  const key = operation.security?.length ? ' <span class="key">key</span>' : '';
  const parameters = (operation.parameters ?? []).map(({ name, in: place, required, schema }) => {
    const about = [place, required ? '' : 'optional', shape(schema ?? {}), limitsOf(schema ?? {})];
    return `<li><code>${escapeHtml(name)}</code> <span class="about">${escapeHtml(about.filter(Boolean).join(', '))}</span></li>`;
  });
  const body = contentOf(operation.requestBody?.content);
  const answers = Object.entries(operation.responses).map(([status, answer]) => {
    const label = status === 'default' ? 'otherwise' : status;
    return `<p><code>${escapeHtml(label)}</code> ${escapeHtml(answer.description)}</p>${contentOf(answer.content)}`;
  });
  return `<details id="${anchor(`${method} ${path}`)}"><summary><code><span class="method">${method}</span>${escapeHtml(path)}</code>${key}<br><span class="about">${escapeHtml(operation.summary ?? '')}</span></summary>
<div class="call">${operation.description ? `<p>${escapeHtml(operation.description)}</p>` : ''}${parameters.length > 0 ? `<ul>${parameters.join('')}</ul>` : ''}${body ? `<p>Body</p>${body}` : ''}${answers.join('')}</div></details>`;
}

function contentOf(content: Content | undefined): string {
  const [entry] = Object.entries(content ?? {});
  if (!entry) return '';
  const [type, { schema }] = entry;
  return pre(type === 'text/event-stream' ? type : shape(schema ?? {}));
}

const pre = (text: string) => `<pre>${escapeHtml(text)}</pre>`;
const anchor = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
