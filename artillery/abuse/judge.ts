import { type Answer, codeOf } from './answer.ts';
import { expectation, type Refusal } from './case.ts';

export type Outcome = 'refused' | 'got_through' | 'error_5xx' | 'skipped' | 'not_judged';
export type Verdict = { outcome: Outcome; why?: string; answers: readonly Answer[] };

/** Compares the answers with the expected refusal. */
export function judge(answers: readonly Answer[], refusal: Refusal): Verdict {
  const failed = answers.find((answer) => isFailure(answer, refusal));
  if (failed)
    return { outcome: 'error_5xx', why: `answered ${failed.status} ${codeOf(failed) ?? ''}`, answers };
  const why = refusal.together ? refusal.together(answers) : wrongWith(answers.at(-1), refusal);
  return why === undefined ? { outcome: 'refused', answers } : { outcome: 'got_through', why, answers };
}

function wrongWith(answer: Answer | undefined, refusal: Refusal): string | undefined {
  if (!answer) return 'there was no answer to judge';
  const code = codeOf(answer);
  if (!refusal.status.includes(answer.status))
    return `answered ${answer.status || 'nothing'} ${code ?? ''}, wanted ${expectation(refusal)}`;
  if (refusal.code && (code === undefined || !refusal.code.includes(code)))
    return `the code is ${code ?? 'missing'}, expected ${refusal.code.join(' or ')}`;
  return leakOf(answer) ?? refusal.holds?.(answer);
}

/** A server error, unless the case allows a 503 with Retry-After. */
function isFailure({ status, headers }: Answer, refusal: Refusal): boolean {
  if (status < 500) return false;
  return !(status === 503 && refusal.status.includes(503) && headers['retry-after'] !== undefined);
}

const INTERNALS =
  /\bat [\w.<>]+ \(?(?:file:|node:|\/)|node_modules|PostgresError|ReplyError|SELECT .+ FROM |ECONNREFUSED|\bsyntax error at or near\b/i;

/** Information that no refusal may contain. */
function leakOf({ status, text, headers }: Answer): string | undefined {
  if (status < 400) return undefined;
  const found = INTERNALS.exec(text);
  if (found) return `the refusal reveals internals: ${found[0]}`;
  if (status === 429 && headers['retry-after'] === undefined) return '429 without Retry-After';
  return undefined;
}
