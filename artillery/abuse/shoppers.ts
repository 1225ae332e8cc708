import { type Answer, jsonOf } from './answer.ts';
import { type Request, send } from './http-client.ts';
import { NotPrepared, until, type World } from './world.ts';

export const PASSWORD = 'a long enough password';

/** A signed-in shopper. */
export type Account = { email: string; cookie: string };

export const newEmail = (world: World) => `abuse-${world.run}-${world.next()}@example.com`;

/** A call like those of the shop's pages. */
export const fromPage = (
  world: World,
  path: string,
  json?: unknown,
  headers: Record<string, string> = {},
): Request => ({
  method: 'POST',
  path,
  headers: { origin: world.target.shop, ...headers },
  ...(json === undefined ? {} : { json }),
});

export const signIn = (
  world: World,
  email: string,
  password = PASSWORD,
  headers: Record<string, string> = {},
) => world.send(fromPage(world, '/v1/auth/sign-in', { email, password }, headers));

/** The cookies of an answer, as a browser sends them back. */
export const cookiesOf = (answer: Answer): string =>
  (answer.headers['set-cookie'] ?? '')
    .split('\n')
    .map((line) => line.split(';', 1)[0])
    .filter((pair) => pair && !pair.endsWith('='))
    .join('; ');

/** The secret in the newest mail to an address that links to a page of the shop. */
export async function mailedSecret(world: World, email: string, page: 'verify' | 'reset'): Promise<string> {
  return until(`a mail to ${email}`, async () => (await mailedSecrets(world, email, page)).at(-1));
}

/** The secrets of all mails to somebody that lead to a page of the shop, oldest first; each mail counts once. */
export async function mailedSecrets(
  world: World,
  email: string,
  page: 'verify' | 'reset',
): Promise<string[]> {
  const { text } = await mailsTo(world, email);
  const found = text.matchAll(new RegExp(`/shop/account/${page}#token=(acc_[\\w.~%-]+)`, 'g'));
  return [...new Set([...found].map(([, secret = '']) => decodeURIComponent(secret)))];
}

/** Everything in the inbox that was sent to somebody. */
export function mailsTo(world: World, email: string): Promise<Answer> {
  const { inbox } = world.target;
  if (!inbox) throw new NotPrepared('there is no inbox');
  return send(inbox, { path: `/api/messages?to=${encodeURIComponent(email)}` });
}

/** Creates an account, follows the link in its mail, and signs in. */
export async function openAccount(world: World, email = newEmail(world)): Promise<Account> {
  await world.prepare(
    fromPage(world, '/v1/auth/sign-up', { name: 'Abuse suite', email, password: PASSWORD }),
  );
  const token = await mailedSecret(world, email, 'verify');
  const answer = await world.prepare(fromPage(world, '/v1/auth/verify-email', { token, password: PASSWORD }));
  const cookie = cookiesOf(answer);
  if (jsonOf(answer).email !== email || !cookie) throw new NotPrepared(`not signed in: ${answer.text}`);
  return { email, cookie };
}

/** An account that cases may use but not end. */
export const goodAccount = (world: World) => world.once('account', () => openAccount(world));
export const otherAccount = (world: World) => world.once('other account', () => openAccount(world));

/** An account that is not verified. */
export const unverifiedEmail = (world: World) =>
  world.once('unverified account', async () => {
    const email = newEmail(world);
    await world.prepare(
      fromPage(world, '/v1/auth/sign-up', { name: 'Abuse suite', email, password: PASSWORD }),
    );
    return email;
  });
