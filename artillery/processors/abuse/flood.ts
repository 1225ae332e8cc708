import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, BotRun } from './bot.ts';
import { send } from './send.ts';

/** All floods come from this address. */
const ADDRESS = '198.19.255.254';
const AT_ONCE = 10;
/** A flood with this many refusals is held back; one that sent this many requests without them is not. */
const USUAL = { refusals: 200, joins: 3_000, questions: 400 };

/** Floods joins from one address, then polls with one ticket; leaves all places at the end. */
export async function flood(run: BotRun, { refusals, joins, questions } = USUAL): Promise<void> {
  const { bot } = run;
  const tickets = `/v1/rooms/${bot.room}/tickets`;
  const join = () => send(bot, ADDRESS, 'POST', tickets, { body: {} });
  const leave = (bearer: string) => send(bot, ADDRESS, 'DELETE', `${tickets}/me`, { bearer });

  const joining = await sendMany(join, joins, refusals);
  run.tried(joining.last, 429, 'rate_limited');
  const places = joining.granted.map(({ body }) => body.ticket as string);
  for (let from = 0; from < places.length; from += AT_ONCE)
    await Promise.all(places.slice(from, from + AT_ONCE).map(leave));

  const own = await send(bot, run.address, 'POST', tickets, { body: {} });
  const bearer = own?.body.ticket as string;
  const ask = () => send(bot, ADDRESS, 'GET', `${tickets}/me`, { bearer });
  const asking = await sendMany(ask, questions, refusals);
  run.tried(asking.last, 429, 'rate_limited');
  await wait((asking.last?.retrySeconds ?? 0) * 1_000);
  await leave(bearer);
}

type Flood = {
  granted: Answer[];
  /** The last refusal of a flood that was held back; otherwise its last answer. */
  last: Answer | null;
};

async function sendMany(call: () => Promise<Answer | null>, most: number, refusals: number): Promise<Flood> {
  const granted: Answer[] = [];
  let [sent, refused] = [0, 0];
  let last: Answer | null = null;
  while (sent < most && refused < refusals) {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, call));
    sent += AT_ONCE;
    for (const answer of answers) {
      if (answer && answer.status < 300) granted.push(answer);
      if (answer?.status === 429) refused += 1;
    }
    // Of two answers the refusal counts: a few joins a second are allowed.
    last = answers.find((answer) => answer?.status === 429) ?? answers[0] ?? null;
  }
  return { granted, last };
}
