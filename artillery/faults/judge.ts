import { present } from '@shopfast/kit/narrow';
import type { Verdict } from '@shopfast/sandbox/checker/check';
import { checkWaiting, rateOf, type WaitingFacts } from '../checker/waiting.ts';
import { callsInWindows } from '../checker/windows.ts';
import type { Call } from '../crowd/call-log.ts';
import type { Called } from '../crowd/messages.ts';
import { type FaultAtPlace, losesCalls } from './kinds.ts';

/** What the crowd of a run with a fault saw; `startsAt` is the zero of the times in its log, epoch ms. */
export type CrowdFacts = Omit<WaitingFacts, 'admittedFrom' | 'admittedUntil'> & {
  startsAt: number;
  claimSeconds: number;
};

/** Judged differently during a fault: errors are expected, and calls pause. */
const ONLY_IN_GOOD_TIMES = [
  'No error, no time-out',
  'The rate is reached in every 60 s',
  'Calls go by number',
];

/** Judged from all calls, not only the first of each shopper. */
const OF_ALL_CALLS = 'Calls in any 60 s stay at the rate';

/** A gateway may catch up for one second (docs/adr/0002-rate-by-credit-and-log.md). */
const CATCH_UP_MS = 1_000;
const PACE_WINDOW_MS = 5_000;
/** After a loss of Redis, a ticket whose call was not seen is called again at its holder's next poll. */
const CALLED_AGAIN_WITHIN_MS = 3_000;

/** In addition to the time after which an unclaimed slot is free again. */
const CALLS_RESUME_WITHIN_MS = 5_000;

/**
 * Checks what a crowd saw during a fault against the guarantees that hold all the same.
 * @param fault `over`: when the fault was cleared, epoch ms
 */
export function judgeCrowd(facts: CrowdFacts, fault: FaultAtPlace & { over: number }): Verdict[] {
  const firstCalls = new Map<number, Called>();
  for (const call of facts.results.flatMap((one) => one.calls).toSorted((a, b) => a.at - b.at))
    if (!firstCalls.has(call.shopper)) firstCalls.set(call.shopper, call);
  const called = [...firstCalls.values()];
  const results = facts.results.map((one) => ({
    ...one,
    calls: one.calls.filter((call) => firstCalls.get(call.shopper) === call),
  }));
  const waiting = checkWaiting({ ...facts, results, admittedFrom: 0, admittedUntil: 0 });
  return [
    ...waiting.filter(
      ({ guarantee }) => !ONLY_IN_GOOD_TIMES.includes(guarantee) && guarantee !== OF_ALL_CALLS,
    ),
    minutes(facts),
    inOrder(called, losesCalls(fault) ? CALLED_AGAIN_WITHIN_MS : 0),
    pace(called, facts.rate),
    callsResume(called, facts, fault.over),
    ...(losesCalls(fault) ? [] : [activeAsSeen(called, facts), honoured(facts)]),
    answers(facts),
  ];
}

function inOrder(called: readonly Called[], toleranceMs: number): Verdict {
  let earliest = Number.POSITIVE_INFINITY;
  const late: number[] = [];
  for (const call of called.toSorted((a, b) => b.number - a.number)) {
    if (call.at > earliest + toleranceMs) late.push(call.number);
    earliest = Math.min(earliest, call.at);
  }
  return verdict(
    'Calls go by number',
    late.length === 0,
    `${called.length} calls, ${late.length} after one of a higher number`,
  );
}

/** Exact, in every closed 60 s: a ticket that is called twice counts twice, one call that is seen twice counts once. */
function minutes(facts: CrowdFacts): Verdict {
  const every = new Map(
    facts.results.flatMap((one) => one.calls.map((call) => [`${call.shopper} ${call.at}`, call] as const)),
  );
  const verdicts = rateOf([...every.values()], { ...facts, admittedFrom: 0, admittedUntil: 0 });
  return present(
    verdicts.find(({ guarantee }) => guarantee === OF_ALL_CALLS),
    OF_ALL_CALLS,
  );
}

/** Checks 5 s windows, because many runs are shorter than a minute, and short bursts do not show in a minute. */
function pace(called: readonly Called[], rate: number): Verdict {
  const times = called.map((call) => call.at);
  const { most } = callsInWindows(times, PACE_WINDOW_MS, 0, 0);
  const allowed = Math.ceil((rate * (PACE_WINDOW_MS + CATCH_UP_MS)) / 60_000) + 1;
  return verdict(
    'Calls in any 5 s stay at the rate',
    most <= allowed,
    `at most ${most}, ${allowed} are allowed`,
  );
}

/** After the end of the fault the next call comes soon, as long as there are any. */
function callsResume(called: readonly Called[], { claimSeconds }: CrowdFacts, over: number): Verdict {
  const after = called
    .map((call) => call.at)
    .filter((at) => at > over)
    .toSorted((a, b) => a - b);
  const longest = Math.max(0, ...after.map((at, nth) => at - (after[nth - 1] ?? over)));
  const allowed = claimSeconds * 1_000 + CALLS_RESUME_WITHIN_MS;
  return verdict(
    'Calls resume',
    longest <= allowed,
    `at most ${Math.round(longest)} ms without one afterwards, ${allowed} are allowed`,
  );
}

/** A called shopper holds a slot at least until the slot is returned: by leaving, by an order, or by not coming. */
function activeAsSeen(called: readonly Called[], facts: CrowdFacts): Verdict {
  const given = new Map<number, number>();
  for (const { shopper, kind, at } of facts.calls)
    if ((kind === 'leave' || kind === 'order') && !given.has(shopper))
      given.set(shopper, facts.startsAt + at);
  const changes = called.flatMap((call) => {
    const until = Math.min(
      call.at + facts.claimSeconds * 1_000,
      given.get(call.shopper) ?? Number.POSITIVE_INFINITY,
    );
    return until > call.at
      ? [
          { at: call.at, by: 1 },
          { at: until, by: -1 },
        ]
      : [];
  });
  let active = 0;
  let most = 0;
  for (const { by } of changes.toSorted((a, b) => a.at - b.at || a.by - b.by)) {
    active += by;
    most = Math.max(most, active);
  }
  return verdict(
    'Active stays under its cap, as shoppers saw it',
    most <= facts.cap,
    `at most ${most} of ${facts.cap}`,
  );
}

function honoured({ calls }: CrowdFacts): Verdict {
  const refused = calls.filter(({ kind, status }) => kind === 'claim' && status === 409);
  return verdict(
    'Called shoppers get a token',
    refused.length === 0,
    `${refused.length} were refused as not called`,
  );
}

/** The gateway's statuses for a checkout that is unavailable or too slow (docs/errors.md). */
const CHECKOUT_UNAVAILABLE = [502, 504];

/** During a fault there is either no answer, or one with a retry time; nothing else. */
function answers({ calls }: CrowdFacts): Verdict {
  const isOfCheckout = ({ kind }: Call) => kind === 'order' || kind === 'order_status';
  const wrong = calls.filter(
    (call) =>
      call.outcome === 'failed' && !(isOfCheckout(call) && CHECKOUT_UNAVAILABLE.includes(call.status)),
  );
  const kinds = new Set(wrong.map(({ kind, status }) => `${kind} ${status}`));
  const without = calls.filter(({ outcome }) => outcome === 'unknown').length;
  const again = calls.filter(({ outcome, status }) => outcome === 'refused' && status === 503).length;
  return verdict(
    'No answer is wrong',
    wrong.length === 0,
    wrong.length === 0
      ? `${calls.length} calls, ${again} with Retry-After, ${without} without an answer`
      : `${wrong.length} of ${calls.length}: ${[...kinds].slice(0, 4).join(', ')}`,
  );
}

const verdict = (guarantee: string, kept: boolean, evidence: string): Verdict => ({
  guarantee,
  kept,
  evidence,
});
