import type { Verdict } from '@shopfast/sandbox/checker/check';
import { inHtml } from './chart.ts';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;color:#1f2937;max-width:1180px;margin:2rem auto;padding:0 1rem}
h1{margin:0 0 .2rem}.sub{color:#4b5563;margin:0 0 1.5rem}table{border-collapse:collapse;margin:0 0 1.5rem}
td,th{padding:.2rem .9rem .2rem 0;text-align:left;border-bottom:1px solid #e5e7eb;vertical-align:top}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.kept{color:#047857}.broken{color:#b91c1c;font-weight:700}.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(480px,1fr));gap:1.2rem}
figure{margin:0;border:1px solid #e5e7eb;border-radius:6px;padding:.6rem}figcaption{font-weight:600}small{color:#6b7280;font-weight:400}
svg{width:100%;height:auto}svg text{font-size:11px;fill:#6b7280}.grid{stroke:#e5e7eb}line.limit{stroke:#b91c1c;stroke-dasharray:5 4}
.keys{margin:0;font-size:13px}.keys span{margin-right:1rem}.keys i{display:inline-block;width:12px;height:3px;margin-right:5px;vertical-align:middle}.keys i.limit{background:#b91c1c}`;

export const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${inHtml(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>\n`;

export type Cell = string | number;

export function table(head: string[], rows: Cell[][]): string {
  const cell = (tag: string, value: Cell) =>
    `<${tag}${typeof value === 'number' ? ' class="n"' : ''}>${inHtml(typeof value === 'number' ? value.toLocaleString('en') : value)}</${tag}>`;
  return `<table><thead><tr>${head.map((name) => cell('th', name)).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map((value) => cell('td', value)).join('')}</tr>`).join('')}</tbody></table>`;
}

export function verdictTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(
    ({ kept, guarantee, evidence }) =>
      `<tr><td class="${kept ? 'kept">holds' : 'broken">VIOLATED'}</td><td>${inHtml(guarantee)}</td><td>${inHtml(evidence)}</td></tr>`,
  );
  return `<table><tbody>${rows.join('')}</tbody></table>`;
}
