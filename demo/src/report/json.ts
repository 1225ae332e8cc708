import type { Verdict } from '@shopfast/sandbox/checker/check';
import { countMails } from '@shopfast/sandbox/checker/expected-mails';
import { mostInAnyWindow } from '@shopfast/sandbox/checker/windows';
import type { Outcome } from './guarantees.ts';
import { sumUp } from './sum-up.ts';

/** The machine-readable report: one JSON object with fixed field names. */
export function toJson(outcome: Outcome, verdicts: Verdict[]): Record<string, unknown> {
  const { options, ledger, network, facts, samples } = outcome;
  const { sold, held, orders } = sumUp(facts);
  return {
    ok: verdicts.every((verdict) => verdict.kept),
    shoppers: options.shoppers,
    joined: ledger.joined,
    units: options.units,
    admitted: ledger.claimed,
    called: ledger.calls.length,
    orders,
    sold,
    oversold: Math.max(0, sold + held - options.units),
    emails: countMails(facts),
    refusals: Object.fromEntries(
      [...ledger.abuse].map(([kind, { tried, refused }]) => [kind, { tried, refused }]),
    ),
    http: {
      requests: network.requests,
      errors: network.failures.length,
      asked_to_wait: network.askedToWait,
      join_ms: network.latencyOf('join').summary(),
      poll_ms: network.latencyOf('poll').summary(),
      claim_ms: network.latencyOf('claim').summary(),
      order_ms: network.latencyOf('order').summary(),
    },
    admission: {
      per_minute: options.rate,
      max_in_any_60s: mostInAnyWindow(
        ledger.calls.map((call) => call.at),
        60_000,
      ),
      max_active: outcome.maxActive,
      peak_active: Math.max(ledger.peakActive, samples.peakActive),
    },
    db: { peak_connections: samples.peakConnections, statements_per_order: outcome.statementsPerOrder.count },
    guarantees: verdicts,
    seconds: outcome.seconds,
  };
}
