import { ISSUER, type Shop } from '../shop.fixture.ts';

export const PASSWORD = 'a long enough password';
/** Addresses of the documentation ranges: budgets count them, unlike addresses of this machine. */
const incomingFrom = (address: string) => ({
  incoming: { headers: { 'x-forwarded-for': address }, socket: { remoteAddress: '127.0.0.1' } },
});

/** A browser: keeps cookies and sends the shop's Origin. */
export function openBrowser(shop: Shop, from = '127.0.0.1') {
  const cookies = new Map<string, string>();
  const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  async function send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const cookie = cookieHeader();
    const response = await shop.app.request(
      path,
      {
        method,
        headers: {
          ...(cookie ? { cookie } : {}),
          ...(method === 'GET' ? {} : { origin: ISSUER }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      incomingFrom(from),
    );
    for (const line of response.headers.getSetCookie()) keep(line);
    return response;
  }

  function keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (attributes.some((one) => /^max-age=0$/i.test(one))) cookies.delete(name);
    else cookies.set(name, pair.slice(at + 1));
  }

  return {
    cookies,
    cookieHeader,
    send,
    signUp: (email: string, password = PASSWORD) =>
      send('POST', '/v1/auth/sign-up', { name: 'Ann', email, password }),
    signIn: (email: string, password = PASSWORD) => send('POST', '/v1/auth/sign-in', { email, password }),
    verify: (token: string, password = PASSWORD) =>
      send('POST', '/v1/auth/verify-email', { token, password }),
    /** `POST /v1/orders` with a fresh reservation token, and this browser's cookies. */
    order: async (body: object = {}, headers: Record<string, string | undefined> = {}) =>
      shop.order(await shop.token(), body, { cookie: cookieHeader(), ...headers }),
  };
}
export type Browser = ReturnType<typeof openBrowser>;

export type Mail = { template: string; address: string; token: string | null; jobs: number };

/** The mails that wait to be sent, oldest first, each with the number of its jobs. */
export async function mails(shop: Shop): Promise<Mail[]> {
  return shop.sql<Mail[]>`
    select template, address, 'acc_' || secret as token,
      (select count(*) from outbox where name = 'email.account' and payload ->> 'mail_id' = m.id::text) as jobs
    from account_mails m order by id`;
}

export async function linkOf(shop: Shop, template: string): Promise<string> {
  const mail = (await mails(shop)).filter((one) => one.template === template).at(-1);
  if (!mail?.token) throw new Error(`no mail ${template} was found`);
  return mail.token;
}

/** A browser signed in to a new, verified account. */
export async function openAccount(shop: Shop, email: string): Promise<Browser> {
  const browser = openBrowser(shop);
  await browser.signUp(email);
  const response = await browser.verify(await linkOf(shop, 'verify_email'));
  if (response.status !== 200) throw new Error(await response.text());
  return browser;
}
