import { describeMachine } from '../machine.ts';
import { toRows } from './rows.ts';
import type { BaselineReport } from './run.ts';

export function toBaselineText(report: BaselineReport): string {
  const { head, rows } = toRows(report);
  const { options, machine, verdicts } = report;
  const line = ([first, ...cells]: ReadonlyArray<number | string>) =>
    `  ${String(first).padEnd(40)}${cells.map((cell) => cell.toLocaleString('en').padStart(19)).join('')}`;
  return [
    '',
    `${options.shoppers} shoppers within ${options.seconds} s, ${options.units} units; ${describeMachine(machine)}`,
    '',
    ...[head, ...rows].map(line),
    '',
    ...verdicts.map(
      ({ kept, guarantee, evidence }) => `  ${kept ? 'holds   ' : 'VIOLATED'}  ${guarantee}: ${evidence}`,
    ),
  ].join('\n');
}
