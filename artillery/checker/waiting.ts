import type { Verdict } from '@shopfast/sandbox/checker/check';
import type { Call } from '../crowd/call-log.ts';
import type { Called, GeneratorResults } from '../crowd/messages.ts';
import { callsInWindows } from './windows.ts';

/** A run as the crowd saw it, from its own log. */
export type WaitingFacts = {
  shoppers: number;
  rate: number;
  cap: number;
  calls: readonly Call[];
  results: GeneratorResults[];
  /** The highest number of active shoppers, by the room's own figures. */
  peakActive: number;
  /** The time in which people waited and units were left, epoch ms. */
  admittedFrom: number;
  admittedUntil: number;
};

const MINUTE_MS = 60_000;
/** A window may have this share of calls less than the rate, but never more. */
const RATE_ERROR = 0.01;

/** Checks the crowd's answers against the guarantees of a waiting room. */
export function checkWaiting(facts: WaitingFacts): Verdict[] {
  const { calls, results, shoppers } = facts;
  const called = results.flatMap((one) => one.calls).toSorted((a, b) => a.at - b.at || a.number - b.number);
  const rejoined = new Set(results.flatMap((one) => one.rejoined));
  const numbers = new Map(results.flatMap((one) => one.numbers));
  const joinedOk = new Set(
    calls.flatMap((call) => (call.kind === 'join' && call.outcome === 'ok' ? [call.shopper] : [])),
  );
  const bad = calls.filter(isError);
  const changed = sum(results.map((one) => one.numbersChanged));
  const lost = results.flatMap((one) => one.placesLost);
  const unfinished = sum(results.map((one) => one.unfinished));
  const surprises = results.flatMap((one) => one.surprises);
  return [
    verdict('Every shopper got a place', joinedOk.size === shoppers, `${joinedOk.size} of ${shoppers}`),
    verdict(
      'No error, no time-out',
      bad.length === 0,
      bad.length === 0
        ? `${calls.length} calls`
        : `${bad.length} of ${calls.length}, first: ${bad
            .slice(0, 3)
            .map((call) => `${call.kind} ${call.status}`)
            .join(', ')}`,
    ),
    verdict(
      'Every shopper finished',
      unfinished + surprises.length === 0,
      `${unfinished} without one; ${surprises.slice(0, 3).join(', ') || 'no surprise'}`,
    ),
    verdict('No place that was given is lost', lost.length === 0, lost.slice(0, 3).join(', ') || 'none'),
    verdict('A number never changes', changed === 0, `${changed} changed`),
    oneHolderEach(numbers),
    firstComeFirstNumber(calls, numbers, rejoined),
    calledInOrder(called),
    ...rateOf(called, facts),
    verdict(
      'Active stays under its cap',
      facts.peakActive <= facts.cap,
      `at most ${facts.peakActive} of ${facts.cap}`,
    ),
    tokensAfterCalls(called, results),
  ];
}

/** A refused join or ticket status is an error: the shopper did what the server said. */
export const isError = ({ kind, outcome }: Call): boolean =>
  outcome === 'failed' ||
  outcome === 'unknown' ||
  (outcome === 'refused' && kind !== 'order' && kind !== 'leave');

function oneHolderEach(numbers: Map<number, number>): Verdict {
  const told = [...numbers.values()].filter((number) => number > 0);
  const twice = told.length - new Set(told).size;
  return verdict('One holder for each number', twice === 0, `${told.length} numbers, ${twice} twice`);
}

/** A shopper who got the answer before another one sent the request must have the lower number. */
function firstComeFirstNumber(
  calls: readonly Call[],
  numbers: Map<number, number>,
  rejoined: Set<number>,
): Verdict {
  const joins = calls.flatMap((call) => {
    const number = numbers.get(call.shopper) ?? 0;
    const counts = call.kind === 'join' && call.outcome === 'ok' && number > 0 && !rejoined.has(call.shopper);
    return counts ? [{ number, from: call.at, until: call.at + call.ms }] : [];
  });
  const byEnd = joins.toSorted((a, b) => a.until - b.until);
  let ended = 0;
  let highest = 0;
  let jumped = 0;
  for (const join of joins.toSorted((a, b) => a.from - b.from)) {
    for (let done = byEnd[ended]; done && done.until < join.from; done = byEnd[ended]) {
      highest = Math.max(highest, done.number);
      ended += 1;
    }
    if (join.number < highest) jumped += 1;
  }
  return verdict('First come, first number', jumped === 0, `${joins.length} joins, ${jumped} out of order`);
}

function calledInOrder(called: readonly Called[]): Verdict {
  const jumped = called.filter((call, at) => at > 0 && call.number < (called[at - 1]?.number ?? 0)).length;
  return verdict('Calls go by number', jumped === 0, `${called.length} calls, ${jumped} out of order`);
}

export function rateOf(
  called: readonly Called[],
  facts: Pick<WaitingFacts, 'rate' | 'admittedFrom' | 'admittedUntil'>,
): Verdict[] {
  const times = called.map((call) => call.at);
  const { most, fewest } = callsInWindows(times, MINUTE_MS, facts.admittedFrom, facts.admittedUntil);
  return [
    verdict('Calls in any 60 s stay at the rate', most <= facts.rate, `at most ${most} of ${facts.rate}`),
    verdict(
      'The rate is reached in every 60 s',
      fewest === null || fewest >= facts.rate * (1 - RATE_ERROR),
      fewest === null
        ? 'too short to be judged'
        : `at least ${fewest} of ${facts.rate} while people waited and units were left`,
    ),
  ];
}

function tokensAfterCalls(called: readonly Called[], results: readonly GeneratorResults[]): Verdict {
  const were = new Set(called.map((call) => call.shopper));
  const claimed = results.flatMap((one) => one.claimed);
  const without = claimed.filter((shopper) => !were.has(shopper));
  const twice = claimed.length - new Set(claimed).size;
  return verdict(
    'No token without a call',
    without.length + twice === 0,
    `${claimed.length} tokens, ${without.length} without a call, ${twice} second ones`,
  );
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const verdict = (guarantee: string, kept: boolean, evidence: string): Verdict => ({
  guarantee,
  kept,
  evidence,
});
