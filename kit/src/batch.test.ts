import { expect, test } from 'vitest';
import { createBatch } from './batch.ts';

/** A Redis whose answers the test controls. */
function slowStore() {
  const sent: Array<{ questions: number[]; answer(): void; fail(error: Error): void }> = [];
  const batch = createBatch<number, string>(
    (questions) =>
      new Promise((resolve, reject) => {
        sent.push({
          questions,
          answer: () => resolve(questions.map((one) => `answer ${one}`)),
          fail: reject,
        });
      }),
  );
  const sentTimes = (times: number) => expect.poll(() => sent.length, { interval: 1 }).toBe(times);
  return { batch, sent, sentTimes };
}

test('questions of one turn are sent as one command, and each gets its own answer', async () => {
  const { batch, sent, sentTimes } = slowStore();
  const answers = Promise.all([1, 2, 3].map((question) => batch.ask(question)));
  await sentTimes(1);
  expect(sent[0]?.questions).toEqual([1, 2, 3]);
  sent[0]?.answer();
  expect(await answers).toEqual(['answer 1', 'answer 2', 'answer 3']);
});

test('questions that arrive while a command is in flight are sent together afterwards', async () => {
  const { batch, sent, sentTimes } = slowStore();
  const first = batch.ask(1);
  await sentTimes(1);
  const later = [batch.ask(2), batch.ask(3)];
  sent[0]?.answer();
  expect(await first).toBe('answer 1');
  await sentTimes(2);
  sent[1]?.answer();
  expect(sent[1]?.questions).toEqual([2, 3]);
  expect(await Promise.all(later)).toEqual(['answer 2', 'answer 3']);
});

test('a command without an answer delays the next one only briefly', async () => {
  const { batch, sent, sentTimes } = slowStore();
  const stuck = batch.ask(1);
  await sentTimes(1);
  const other = batch.ask(2);
  await sentTimes(2);
  sent[1]?.answer();
  expect(await other).toBe('answer 2');
  sent[0]?.answer();
  expect(await stuck).toBe('answer 1');
});

test('a failed command rejects its own questions, and no others', async () => {
  const { batch, sent, sentTimes } = slowStore();
  const failing = batch.ask(1);
  await sentTimes(1);
  const fine = batch.ask(2);
  sent[0]?.fail(new Error('away'));
  await expect(failing).rejects.toThrow('away');
  await sentTimes(2);
  sent[1]?.answer();
  expect(await fine).toBe('answer 2');
});

test('a command never has more than two hundred questions', async () => {
  const { batch, sent, sentTimes } = slowStore();
  const all = Promise.all(Array.from({ length: 450 }, (_, question) => batch.ask(question)));
  for (const [at, size] of [200, 200, 50].entries()) {
    await sentTimes(at + 1);
    expect(sent[at]?.questions).toHaveLength(size);
    sent[at]?.answer();
  }
  expect(await all).toHaveLength(450);
});
