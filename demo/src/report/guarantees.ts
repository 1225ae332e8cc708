import { checkBuying, type Verdict } from '@shopfast/sandbox/checker/check';
import type { Facts } from '@shopfast/sandbox/checker/facts';
import { mostInAnyWindow } from '@shopfast/sandbox/checker/windows';
import type { Ledger } from '../crowd/ledger.ts';
import type { Network } from '../crowd/network.ts';
import type { DemoOptions } from '../options.ts';
import type { PerOrder } from './probe.ts';
import type { Samples } from './sampler.ts';
import { sumUp } from './sum-up.ts';

export type Outcome = {
  options: DemoOptions;
  productId: string;
  maxActive: number;
  ledger: Ledger;
  network: Network;
  facts: Facts;
  samples: Samples;
  statementsPerOrder: PerOrder;
  seconds: number;
};

const MINUTE_MS = 60_000;
/** A stalled process may catch up one second of the rate; see `gateway/src/lua/tick.lua`. */
const CATCH_UP_MS = 1_000;
const PACE_WINDOW_MS = 1_000;
const CONNECTION_LIMIT = 15;

/** Checks the outcome against the guarantees: buying with the common checker, waiting and the demo itself here. */
export function judge(outcome: Outcome): Verdict[] {
  const { options, ledger, network, facts, samples } = outcome;
  const verdicts = checkBuying(facts, {
    units: { [outcome.productId]: options.units },
    buyers: ledger.buyers,
  });
  const say = (guarantee: string, kept: boolean, evidence: string) =>
    void verdicts.push({ guarantee, kept, evidence });

  const { sold } = sumUp(facts);
  const enoughBuyers = options.shoppers >= options.units * 4;
  say(
    'All units are sold',
    !enoughBuyers || sold === options.units,
    enoughBuyers ? `${sold} of ${options.units}` : 'the crowd is too small to buy everything',
  );
  say(
    'Every shopper got a place',
    ledger.joined === options.shoppers,
    `${ledger.joined} of ${options.shoppers}`,
  );
  say(
    'Every shopper finished',
    ledger.gaveUp === 0 && ledger.surprises.length === 0,
    ledger.surprises.length === 0
      ? `${ledger.gaveUp} without an answer`
      : `surprises: ${ledger.surprises.slice(0, 3).join('; ')}`,
  );

  const callTimes = ledger.calls.map((call) => call.at);
  const inMinute = mostInAnyWindow(callTimes, MINUTE_MS);
  say('Calls in any 60 s stay at the rate', inMinute <= options.rate, `${inMinute} of ${options.rate}`);
  const pace = 1 + Math.ceil((options.rate * (PACE_WINDOW_MS + CATCH_UP_MS)) / MINUTE_MS);
  const inWindow = mostInAnyWindow(callTimes, PACE_WINDOW_MS);
  say('No burst', inWindow <= pace, `at most ${inWindow} calls within a second, ${pace} allowed`);
  const inOrder = ledger.calls.toSorted((a, b) => a.at - b.at || a.number - b.number);
  const jumped = inOrder.filter((call, at) => at > 0 && call.number < (inOrder[at - 1]?.number ?? 0)).length;
  say(
    'First come, first served',
    jumped === 0,
    `${ledger.calls.length} calls in order, ${jumped} out of order`,
  );
  const peakActive = Math.max(ledger.peakActive, samples.peakActive);
  say(
    'Active stays under its cap',
    peakActive <= outcome.maxActive,
    `at most ${peakActive} of ${outcome.maxActive}`,
  );

  for (const [kind, entry] of ledger.abuse)
    say(
      `Refused: ${kind.replaceAll('_', ' ')}`,
      entry.refused === entry.tried,
      `${entry.refused} of ${entry.tried}${entry.wrong.length > 0 ? `; got ${entry.wrong.slice(0, 3).join(', ')}` : ''}`,
    );
  say(
    'No error, no time-out',
    network.failures.length === 0,
    network.failures[0] ?? `${network.requests} requests`,
  );
  const { count, statements } = outcome.statementsPerOrder;
  const which = statements.map(({ calls, text }) => `${calls} × ${text}`).join('; ');
  say('One statement per order', count === 1, `${count} per order${count === 1 ? '' : ` (${which})`}`);
  say(
    'Few database connections',
    samples.peakConnections <= CONNECTION_LIMIT,
    `at most ${samples.peakConnections} of ${CONNECTION_LIMIT}`,
  );
  return verdicts;
}
