/**
 * Collects what is asked while an answer is under way, and sends it as one command: the more is asked, the less each
 * question costs, and a single question waits for nothing but the end of its turn of the event loop.
 */
export type Batch<Question, Answer> = {
  ask(question: Question): Promise<Answer>;
};

/** Bounds how long one script keeps Redis: a few tenths of a millisecond. */
const MOST_AT_ONCE = 200;
/** An answer that takes longer holds nobody up any more: the next command is sent beside it. */
const PATIENCE_MS = 20;

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
  let isScheduled = false;
  let underWay = 0;
  let sentAt = 0;
  let isLookingAgain = false;

  function schedule(): void {
    if (isScheduled || waiting.length === 0) return;
    if (underWay > 0 && performance.now() - sentAt < PATIENCE_MS) {
      lookAgain();
      return;
    }
    isScheduled = true;
    setImmediate(flush);
  }

  /** Should the answer under way stay out, nobody has to wait for the next question to come. */
  function lookAgain(): void {
    if (isLookingAgain) return;
    isLookingAgain = true;
    setTimeout(() => {
      isLookingAgain = false;
      schedule();
    }, PATIENCE_MS);
  }

  async function flush(): Promise<void> {
    isScheduled = false;
    const batch = waiting.slice(0, MOST_AT_ONCE);
    waiting = waiting.slice(MOST_AT_ONCE);
    underWay += 1;
    sentAt = performance.now();
    try {
      const answers = await send(batch.map((one) => one.question));
      for (const [at, one] of batch.entries()) one.resolve(answers[at] as Answer);
    } catch (error) {
      for (const one of batch) one.reject(error);
    }
    underWay -= 1;
    schedule();
  }

  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        waiting.push({ question, resolve, reject });
        schedule();
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
