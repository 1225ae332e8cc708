import { type Answer, describe, type Received, readAnswer } from '@shopfast/sandbox/shopper/answers';
import type { Call } from '@shopfast/sandbox/shopper/calls';
import { retryAfter } from '@shopfast/sandbox/shopper/transport';
import { type Arrivals, partOfArrivals } from './arrivals.ts';
import type { Context, Events, Next, Response, Tally } from './artillery.ts';

/** An answer that an honest client should not get. It ends the client's journey and violates a threshold. */
class Surprise extends Error {}

/** Counters for every kind of client. */
export type AnswerCounter = 'told_to_retry' | 'shed' | 'server_errors' | 'no_answer' | 'unexpected';

type Patient = Arrivals & {
  waitMs: number;
  /** Whether the latencies of the first and of the last third of the arrivals are also measured separately. */
  comparesThirds?: boolean;
};

type Notes<Name> = {
  tell(name: Name): void;
  time(name: string, ms: number): void;
};

/** The schema of an answer, from the API's contract. */
type Schema<T> = Call<T>['document'];

/**
 * Answer handlers for one kind of client. Each records its latency as `<call>_ms`, obeys `Retry-After` of a 429 or 503,
 * and leaves the rest to `handle`, which may `expect` and throw.
 */
export function answersTo<Vars extends Patient, Name extends string>(tally: Tally<Name | AnswerCounter>) {
  return <T>(
    call: string,
    document: Schema<T>,
    handle: (vars: Vars, answer: Answer<T>, notes: Notes<Name>, headers: Response['headers']) => void,
  ) =>
    (_request: unknown, response: Response, { vars }: Context<Vars>, events: Events, next: Next): void => {
      timeAnswer(call, response, vars, events);
      const received = receivedIn(response);
      const { status, retryAfterMs } = received;
      if (status >= 500) tally.count(events, 'server_errors');
      if ((status === 429 || status === 503) && retryAfterMs > 0) {
        tally.count(events, 'told_to_retry');
        if (status === 503) tally.count(events, 'shed');
        vars.waitMs = retryAfterMs;
        next();
        return;
      }
      try {
        const notes: Notes<Name> = {
          tell: (name) => tally.count(events, name),
          time: (name, ms) => events.emit('histogram', `${name}_ms`, ms),
        };
        handle(vars, readAnswer({ document }, received), notes, response.headers);
        next();
      } catch (error) {
        tally.count(events, 'unexpected');
        next(error instanceof Error ? error : new Error(String(error)));
      }
    };
}

const receivedIn = ({ statusCode, headers, body }: Response): Received => ({
  ...{ status: statusCode, retryAfterMs: retryAfter(headers['retry-after']), text: body },
});

function timeAnswer(call: string, { timings }: Response, vars: Patient, events: Events): void {
  const ms = timings.phases.total ?? 0;
  events.emit('histogram', `${call}_ms`, ms);
  const third = vars.comparesThirds ? partOfArrivals(vars) : null;
  if (third) events.emit('histogram', `${call}_${third}_ms`, ms);
}

/** @throws Surprise with the call, the status and the error code: one line of the report per kind */
export function expect<T>(answer: Answer<T>, wanted: number[], call: string): T {
  if (answer.ok && wanted.includes(answer.status)) return answer.document;
  return surprise(`${call}: ${describe(answer)}`);
}

/** @throws Surprise */
export function surprise(what: string): never {
  throw new Surprise(what);
}
