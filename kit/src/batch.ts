/**
 * Collects questions while one command is in flight, and sends them together as the next command. So the cost of a
 * question falls with the load. A single question waits only until the end of its turn of the event loop.
 */
export type Batch<Question, Answer> = {
  ask(question: Question): Promise<Answer>;
};

/** Limits how long one script blocks Redis: a few tenths of a millisecond. */
const MAX_BATCH = 200;
/** When an answer takes longer than this, the next command no longer waits for it. */
const IN_FLIGHT_LIMIT_MS = 20;

type Waiting<Question, Answer> = {
  question: Question;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
};

/** @param send answers all questions, in order; when it rejects, all of them reject */
export function createBatch<Question, Answer>(
  send: (questions: Question[]) => Promise<Answer[]>,
): Batch<Question, Answer> {
  let waiting: Waiting<Question, Answer>[] = [];
  let isScheduled = false;
  let underWay = 0;
  let sentAt = 0;
  let isTimerSet = false;

  function schedule(): void {
    if (isScheduled || waiting.length === 0) return;
    if (underWay > 0 && performance.now() - sentAt < IN_FLIGHT_LIMIT_MS) {
      sendAfterTimeout();
      return;
    }
    isScheduled = true;
    setImmediate(flush);
  }

  /** Sends the waiting questions when the command in flight takes too long, even if no new question arrives. */
  function sendAfterTimeout(): void {
    if (isTimerSet) return;
    isTimerSet = true;
    setTimeout(() => {
      isTimerSet = false;
      schedule();
    }, IN_FLIGHT_LIMIT_MS);
  }

  async function flush(): Promise<void> {
    isScheduled = false;
    const batch = waiting.slice(0, MAX_BATCH);
    waiting = waiting.slice(MAX_BATCH);
    underWay += 1;
    sentAt = performance.now();
    try {
      const answers = await send(batch.map((one) => one.question));
      // One answer for each question, in order.
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

/** One batch for each room, created on first use. */
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
