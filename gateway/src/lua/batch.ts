/**
 * Collects what is asked within one turn of the event loop and sends it as one command. The more is asked at once, the
 * less each question costs; a single question waits for nothing.
 */
export type Batch<Question, Answer> = {
  ask(question: Question): Promise<Answer>;
};

/** Bounds how long one script keeps Redis: about a tenth of a millisecond for a hundred questions. */
const MOST_AT_ONCE = 100;

type Waiting<Question, Answer> = {
  question: Question;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
};

/** @param send answers all questions, in their order; when it fails, all have failed */
export function createBatch<Question, Answer>(
  send: (questions: Question[]) => Promise<Answer[]>,
): Batch<Question, Answer> {
  let waiting: Waiting<Question, Answer>[] = [];

  async function flush(batch: Waiting<Question, Answer>[]): Promise<void> {
    try {
      const answers = await send(batch.map((one) => one.question));
      for (const [at, one] of batch.entries()) one.resolve(answers[at] as Answer);
    } catch (error) {
      for (const one of batch) one.reject(error);
    }
  }

  function flushAll(): void {
    const all = waiting;
    waiting = [];
    for (let at = 0; at < all.length; at += MOST_AT_ONCE) void flush(all.slice(at, at + MOST_AT_ONCE));
  }

  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flushAll);
        waiting.push({ question, resolve, reject });
      }),
  };
}

/** One batch for each room, made when it is first needed. */
export function batchPerRoom<Question, Answer>(
  send: (room: string, questions: Question[]) => Promise<Answer[]>,
): (room: string) => Batch<Question, Answer> {
  const batches = new Map<string, Batch<Question, Answer>>();
  return (room) => {
    const known = batches.get(room);
    if (known) return known;
    const batch = createBatch<Question, Answer>((questions) => send(room, questions));
    batches.set(room, batch);
    return batch;
  };
}
