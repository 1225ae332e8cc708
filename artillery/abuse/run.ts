import { setTimeout as wait } from 'node:timers/promises';
import { stackOf } from '@shopfast/kit/thrown';
import type { Answer } from './answer.ts';
import type { Case } from './case.ts';
import { judge, type Verdict } from './judge.ts';
import { NEEDS } from './needs.ts';
import { NotPrepared, type World } from './world.ts';

export type Judged = { case: Case; verdict: Verdict; ms: number };

export type RunOptions = {
  /** Parallel cases. */
  atOnce: number;
  /** Time limit of the whole run; unfinished cases count as not judged. */
  mostMs: number;
  onJudged?: (judged: Judged, nth: number) => void;
};

/** Time limit of one case. */
const CASE_MS = 180_000;

/** Runs cases against a target, some in parallel; those that keep a system busy run one by one at the end. */
export async function runCases(
  cases: readonly Case[],
  world: World,
  { atOnce, mostMs, onJudged = () => {} }: RunOptions,
): Promise<Judged[]> {
  const judged: Judged[] = [];
  const end = performance.now() + mostMs;
  const run = async (one: Case) => {
    const started = performance.now();
    const verdict = started > end ? notJudged('the time of the run was over') : await attempt(one, world);
    const result: Judged = { case: one, verdict, ms: Math.round(performance.now() - started) };
    judged.push(result);
    onJudged(result, judged.length);
  };
  const together = cases.filter((one) => !one.alone);
  const queue = together.values();
  const worker = async () => {
    for (const one of queue) await run(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  for (const one of cases) if (one.alone) await run(one);
  return judged;
}

async function attempt(one: Case, world: World): Promise<Verdict> {
  const lacking = world.lacks(one.needs);
  if (lacking) return { outcome: 'skipped', why: NEEDS[lacking], answers: [] };
  if (world.signal.aborted) return notJudged('interrupted');
  const over = new AbortController();
  try {
    const verdict = await Promise.race([
      attackUntilAnswered(one, world),
      wait(CASE_MS, undefined, { signal: over.signal }).then(() => {
        throw new NotPrepared(`no end after ${CASE_MS / 1_000} s`);
      }),
    ]);
    return verdict;
  } catch (error) {
    if (error instanceof NotPrepared) return notJudged(error.message);
    return notJudged(stackOf(error));
  } finally {
    over.abort();
  }
}

const MOST_TRIES = 4;

/** Repeats the attack after a 503 with `Retry-After`, as every client should: it is no answer to the case. */
async function attackUntilAnswered(one: Case, world: World): Promise<Verdict> {
  for (let attempt = 1; ; attempt += 1) {
    const answers = await one.attack(world);
    const verdict = judge([answers].flat(), one.refusal);
    const later = verdict.outcome === 'error_5xx' ? toldToComeAgain(verdict.answers) : null;
    if (later === null || attempt === MOST_TRIES) return verdict;
    await wait(later, undefined, { signal: world.signal });
  }
}

/** @returns ms, or null if something else went wrong */
function toldToComeAgain(answers: readonly Answer[]): number | null {
  const failed = answers.filter(({ status }) => status >= 500);
  const seconds = failed.map(({ status, headers }) =>
    status === 503 ? Number(headers['retry-after']) : Number.NaN,
  );
  const longest = Math.max(...seconds);
  return longest >= 0 ? longest * 1_000 : null;
}

const notJudged = (why: string): Verdict => ({ outcome: 'not_judged', why, answers: [] });
