import { toRows } from '../baseline/rows.ts';
import type { BaselineReport } from '../baseline/run.ts';
import { describeMachine } from '../machine.ts';
import { inHtml } from './chart.ts';
import { page, table, verdictTable } from './page.ts';

/** The old shop and ours in comparison. */
export function baselinePage(report: BaselineReport): string {
  const { options, machine, verdicts } = report;
  const { head, rows } = toRows(report);
  const title = `${options.shoppers.toLocaleString('en')} shoppers, ${options.units} units, two shops`;
  return page(
    title,
    `<h1>${title}</h1>
<p class="sub">${report.at.slice(0, 16).replace('T', ' ')} UTC, all shoppers within ${options.seconds} s, everything on one machine: ${inHtml(describeMachine(machine))}. The head of each column names the shop and how long the payment service takes.</p>
${table(head, rows)}
<h2>ShopFast’s guarantees</h2>${verdictTable(verdicts)}`,
  );
}
