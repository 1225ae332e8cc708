import { html } from 'hono/html';
import type { Message } from './mailbox.ts';

type Page = ReturnType<typeof html>;

const STYLE = `
  :root { color-scheme: light dark; --line: light-dark(#d8dce3, #3a3f4a); --faint: light-dark(#5b6472, #a0a8b5); }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  h1 { font-size: 1.4rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
  a { color: inherit; }
  form { display: flex; gap: .5rem; margin-bottom: 1rem; }
  input { flex: 1; min-width: 0; font: inherit; padding: .4rem .6rem; }
  button { font: inherit; padding: .4rem .9rem; }
  table { width: 100%; border-collapse: collapse; }
  th, td { text-align: left; padding: .5rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
  th { font-weight: 600; color: var(--faint); font-size: .85rem; }
  td:last-child, .faint, dt { color: var(--faint); font-variant-numeric: tabular-nums; }
  td:last-child { white-space: nowrap; }
  dl { display: grid; grid-template-columns: auto 1fr; gap: .2rem 1rem; }
  dd { margin: 0; overflow-wrap: anywhere; }
  iframe { width: 100%; height: 60vh; border: 1px solid var(--line); border-radius: .4rem; background: #fff; color-scheme: light; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border: 1px solid var(--line); border-radius: .4rem; }
`;

/** Reloads for new mail, but not while somebody types. */
export const inboxScript = `
const shown = document.body.dataset.count;
setInterval(async () => {
  if (document.activeElement?.tagName === 'INPUT') return;
  const summary = await fetch('/api/summary').then((answer) => answer.json()).catch(() => undefined);
  if (summary && String(summary.count) !== shown) location.reload();
}, 2000);
`;

export function inboxPage(box: { messages: Message[]; count: number; to?: string | undefined }): Page {
  const { messages, count, to } = box;
  return wholePage({
    title: `Inbox (${count})`,
    count,
    body: html`<h1>Inbox <span class="faint">${count} ${count === 1 ? 'mail' : 'mails'}</span></h1>
<form action="/" role="search">
  <input type="search" name="to" value="${to ?? ''}" placeholder="Mails to this address" aria-label="Mails to this address">
  <button>Show</button>
</form>
${messages.length === 0 ? html`<p class="faint">No mail ${to ? 'to this address' : 'yet'}.</p>` : messageTable(messages)}`,
  });
}

function messageTable(messages: Message[]): Page {
  return html`<table>
<thead><tr><th scope="col">To</th><th scope="col">Subject</th><th scope="col">Received (UTC)</th></tr></thead>
<tbody>
${messages.map(
  (message) => html`<tr>
  <td>${message.to.join(', ')}</td>
  <td><a href="/messages/${message.id}">${message.subject || '(no subject)'}</a></td>
  <td><time datetime="${message.received_at}">${message.received_at.slice(11, 19)}</time></td>
</tr>`,
)}
</tbody>
</table>`;
}

export function messagePage(message: Message): Page {
  // Links open in a new tab. Scripts and forms stay disabled.
  const body = message.html
    ? html`<iframe title="The mail" sandbox="allow-popups allow-popups-to-escape-sandbox"
  srcdoc="${`<base target="_blank">${message.html}`}"></iframe>
<details><summary>As plain text</summary><pre>${message.text}</pre></details>`
    : html`<pre>${message.text}</pre>`;
  return wholePage({
    title: message.subject,
    body: html`<p><a href="/">← Inbox</a></p>
<h1>${message.subject || '(no subject)'}</h1>
<dl>
  <dt>From</dt><dd>${message.from}</dd>
  <dt>To</dt><dd>${message.to.join(', ')}</dd>
  <dt>Received</dt><dd>${message.received_at}</dd>
</dl>
${body}`,
  });
}

function wholePage(page: { title: string; body: Page; count?: number }): Page {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<style>${STYLE}</style>
</head>
<body data-count="${page.count ?? ''}">
${page.body}
${page.count === undefined ? '' : html`<script src="/inbox.js" defer></script>`}
</body>
</html>`;
}
