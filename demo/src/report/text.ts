import type { Verdict } from '@shopfast/sandbox/checker/check';
import { countMails } from '@shopfast/sandbox/checker/expected-mails';
import type { CallKind } from '@shopfast/sandbox/shopper/calls';
import type { Outcome } from './guarantees.ts';
import { sumUp } from './sum-up.ts';

/** The report for people. */
export function toText(outcome: Outcome, verdicts: Verdict[]): string {
  const { options, ledger, network, facts } = outcome;
  const { orders } = sumUp(facts);
  const mails = countMails(facts);
  const p99 = (kind: CallKind) => network.latencyOf(kind).quantile(0.99);
  const attempts = [...ledger.abuse.values()].reduce((sum, entry) => sum + entry.tried, 0);
  const refused = [...ledger.abuse.values()].reduce((sum, entry) => sum + entry.refused, 0);
  const lines = [
    '',
    `${options.shoppers} shoppers, ${options.units} units, ${options.rate} admissions a minute`,
    '',
    `  joined      ${ledger.joined}   (${ledger.leftEarly} left early, ${ledger.toldSoldOut} saw "sold out")`,
    `  called      ${ledger.calls.length}   (${ledger.noShows} did not come)`,
    `  orders      ${orders.placed}   (${orders.paid} paid, ${orders.failed} declined)`,
    `  e-mails     ${mails.delivered} of ${mails.expected}`,
    `  abuse       ${attempts} tried, ${refused} got the right answer`,
    `  requests    ${network.requests}, ${network.failures.length} failed, ${network.askedToWait} got Retry-After`,
    `  p99         join ${p99('join')} ms, poll ${p99('poll')} ms, order ${p99('order')} ms`,
    '',
    ...verdicts.map(
      ({ kept, guarantee, evidence }) => `  ${kept ? 'holds   ' : 'VIOLATED'}  ${guarantee}: ${evidence}`,
    ),
    '',
    verdicts.every((verdict) => verdict.kept)
      ? `Every guarantee holds (${outcome.seconds} s).`
      : 'A guarantee was VIOLATED. This is a defect: please report it with this output.',
  ];
  return lines.join('\n');
}
