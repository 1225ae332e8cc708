import { redactSecrets } from '@shopfast/kit/log';
import { textTable } from '../faults/text-table.ts';
import type { Answer } from './answer.ts';
import { expectation, type FamilyName } from './case.ts';
import type { Outcome } from './judge.ts';
import type { Judged } from './run.ts';

export type Summary = {
  ok: boolean;
  cases: number;
  refused: number;
  got_through: number;
  errors_5xx: number;
  /** Could not be prepared, so the result is unknown. */
  not_judged: number;
  skipped: number;
  seconds: number;
};

const count = (judged: readonly Judged[], outcome: Outcome) =>
  judged.filter(({ verdict }) => verdict.outcome === outcome).length;

export function summarise(judged: readonly Judged[], seconds: number): Summary {
  const refused = count(judged, 'refused');
  const skipped = count(judged, 'skipped');
  return {
    // Every case that could run was refused, and at least one could run.
    ok: refused > 0 && refused + skipped === judged.length,
    cases: judged.length,
    refused,
    got_through: count(judged, 'got_through'),
    errors_5xx: count(judged, 'error_5xx'),
    not_judged: count(judged, 'not_judged'),
    skipped,
    seconds: Math.round(seconds * 10) / 10,
  };
}

/** One row for each family. */
export function familyTable(judged: readonly Judged[]): string {
  const families = [...new Set(judged.map((one) => one.case.family))];
  const rows = families.map((name: FamilyName) => {
    const own = judged.filter((one) => one.case.family === name);
    const counts = (['refused', 'got_through', 'error_5xx', 'not_judged', 'skipped'] as const).map(
      (outcome) => count(own, outcome),
    );
    return [name, own.length, ...counts];
  });
  return textTable([['family', 'cases', 'refused', 'got through', '5xx', 'not judged', 'skipped'], ...rows]);
}

/** All details of a case that was not refused, without secrets. */
export function describe({ case: one, verdict }: Judged): string {
  const lines = [
    `${one.id}  ${one.title}`,
    `  source    ${one.source}`,
    `  wanted    ${expectation(one.refusal)}`,
    `  outcome   ${verdict.outcome.replaceAll('_', ' ')}: ${verdict.why ?? ''}`,
  ];
  const shown = verdict.answers.slice(-MOST_SHOWN);
  if (verdict.answers.length > shown.length)
    lines.push(`  (the last ${shown.length} of ${verdict.answers.length} requests)`);
  for (const answer of shown)
    lines.push(indent('  sent      ', answer.sent), indent('  answer    ', answerText(answer)));
  return redact(lines.join('\n'));
}

/** Why cases were skipped, and how many for each reason. */
export function skippedTable(judged: readonly Judged[]): string {
  const reasons = new Map<string, number>();
  for (const { verdict } of judged)
    if (verdict.outcome === 'skipped')
      reasons.set(verdict.why ?? '', (reasons.get(verdict.why ?? '') ?? 0) + 1);
  return [...reasons].map(([why, times]) => `  ${times} skipped: ${why}`).join('\n');
}

const MOST_SHOWN = 2;
const MOST_CHARACTERS = 1_200;

function answerText({ status, headers, text }: Answer): string {
  if (status === 0) return `none: ${text}`;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [String(status), ...lines, '', text].join('\n');
}

function indent(label: string, text: string): string {
  const printable = text.slice(0, MOST_CHARACTERS).replace(/[^\n\x20-\x7e]/g, (one) => {
    const code = one.charCodeAt(0);
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
  const more = text.length > MOST_CHARACTERS ? ` … (${text.length} characters)` : '';
  return label + (printable + more).split('\n').join(`\n${' '.repeat(label.length)}`);
}

/** Removes what the logger treats as a secret, and every credential that was sent. */
export function redact(text: string): string {
  return redactSecrets(text)
    .replace(
      /((?:^|\n) *(?:sent +|answer +)?(?:authorization|cookie|set-cookie|x-binding|x-rehearsal|stripe-signature): )[^\n]+/gi,
      '$1[redacted]',
    )
    .replace(
      /("(?:binding|password|token|key|secret|current_password|new_password)":")[^"]*"/g,
      '$1[redacted]"',
    )
    .replace(/((?:access_token|key|token|stop)=)[^&\s"]+/g, '$1[redacted]');
}
