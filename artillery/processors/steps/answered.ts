import { type Arrivals, partOfArrivals } from './arrivals.ts';
import type { Context, Events, Next, Response, Tally } from './artillery.ts';

/** An answer that an honest client should not get. It ends the client's journey and violates a threshold. */
class Surprise extends Error {}

export type Answer = {
  status: number;
  headers: Response['headers'];
  /** The parsed JSON document; empty for anything else. */
  body: Record<string, unknown>;
};

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

/**
 * Answer handlers for one kind of client. Each records its latency as `<call>_ms`, obeys `Retry-After` of a 429 or 503,
 * and leaves the rest to `handle`, which may `expect` and throw.
 */
export function answersTo<Vars extends Patient, Name extends string>(tally: Tally<Name | AnswerCounter>) {
  return (call: string, handle: (vars: Vars, answer: Answer, notes: Notes<Name>) => void) =>
    (_request: unknown, response: Response, { vars }: Context<Vars>, events: Events, next: Next): void => {
      const { statusCode: status, headers } = response;
      timeAnswer(call, response, vars, events);
      if (status >= 500) tally.count(events, 'server_errors');
      const retrySeconds = Number(headers['retry-after']);
      if ((status === 429 || status === 503) && retrySeconds > 0) {
        tally.count(events, 'told_to_retry');
        if (status === 503) tally.count(events, 'shed');
        vars.waitMs = retrySeconds * 1_000;
        next();
        return;
      }
      try {
        handle(
          vars,
          { status, headers, body: parse(response.body) },
          {
            tell: (name) => tally.count(events, name),
            time: (name, ms) => events.emit('histogram', `${name}_ms`, ms),
          },
        );
        next();
      } catch (error) {
        tally.count(events, 'unexpected');
        next(error as Error);
      }
    };
}

function timeAnswer(call: string, { timings }: Response, vars: Patient, events: Events): void {
  const ms = timings.phases.total ?? 0;
  events.emit('histogram', `${call}_ms`, ms);
  const third = vars.comparesThirds ? partOfArrivals(vars) : null;
  if (third) events.emit('histogram', `${call}_${third}_ms`, ms);
}

/** @throws Surprise with the call, the status and the error code: one line of the report per kind */
export function expect({ status, body }: Answer, wanted: number[], call: string): void {
  if (!wanted.includes(status)) surprise(`${call}: ${status} ${body.code ?? ''}`.trim());
}

/** @throws Surprise */
export function surprise(what: string): never {
  throw new Surprise(what);
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
