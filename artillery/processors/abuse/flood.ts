import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, UNANSWERED } from '@shopfast/sandbox/shopper/answers';
import { inPortions } from '@shopfast/sandbox/shopper/many';
import { type BotRun, shopperAt } from './bot.ts';

/** All floods come from this address. */
const ADDRESS = '198.19.255.254';
const AT_ONCE = 10;
/** A flood with this many refusals is held back; one that sent this many requests without them is not. */
const USUAL = { refusals: 200, joins: 3_000, questions: 400 };

/** Floods joins from one address, then polls with one ticket; leaves all places at the end. */
export async function flood(run: BotRun, { refusals, joins, questions } = USUAL): Promise<void> {
  const flooder = shopperAt(run.bot, ADDRESS);
  const joining = await sendMany(() => flooder.join({}), joins, refusals);
  run.tried(joining.last, 429, 'rate_limited');
  await inPortions(joining.granted, ({ ticket }) => flooder.leave(ticket), AT_ONCE);

  const own = await shopperAt(run.bot, run.address).join({});
  const ticket = own.ok ? own.document.ticket : '';
  const asking = await sendMany(() => flooder.status(ticket), questions, refusals);
  run.tried(asking.last, 429, 'rate_limited');
  await wait(asking.last.ok ? 0 : asking.last.retryAfterMs);
  await flooder.leave(ticket);
}

type Flood<T> = {
  granted: T[];
  /** The last refusal of a flood that was held back; otherwise its last answer. */
  last: Answer<T>;
};

async function sendMany<T>(
  call: () => Promise<Answer<T>>,
  most: number,
  refusals: number,
): Promise<Flood<T>> {
  const granted: T[] = [];
  let [sent, refused] = [0, 0];
  let last: Answer<T> = UNANSWERED;
  while (sent < most && refused < refusals) {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, call));
    sent += AT_ONCE;
    for (const answer of answers) {
      if (answer.ok) granted.push(answer.document);
      if (answer.status === 429) refused += 1;
    }
    // Of two answers the refusal counts: a few joins a second are allowed.
    last = answers.find(({ status }) => status === 429) ?? answers[0] ?? UNANSWERED;
  }
  return { granted, last };
}
