import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { listen, type ServerOptions } from '@shopfast/kit/http';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { vi } from 'vitest';
import { createApp } from '../app.ts';
import type { LimitSettings } from '../limits/limits.ts';
import type { ProtectConfig, UpstreamSettings } from '../protect/config.ts';
import { defaultProtectConfig } from '../protect/config.ts';
import { createProtect } from '../protect/protect.ts';
import type { Rule } from '../protect/rules.ts';
import { acceptUpgrades } from '../protect/upgrade.ts';
import { openTestGateway } from './gateway.ts';

export type Answer = { status: number; headers: IncomingMessage['headers']; raw: string[]; body: Buffer };
export type Shop = Awaited<ReturnType<typeof openShop>>;

/**
 * A shop (a real server, whose pages the test writes) behind a gateway that really listens. `/checkout/*` requires a
 * reservation for `room`, everything else is open.
 */
export async function openShop(
  urls: { databaseUrl: string; redisUrl: string },
  options: {
    settings?: Partial<UpstreamSettings>;
    upstreamUrl?: string;
    room?: object;
    withoutFile?: boolean;
    workersUrl?: string;
    limits?: Partial<LimitSettings>;
    timeouts?: ServerOptions['timeouts'];
  } = {},
) {
  const it = await openTestGateway(urls, options.limits);
  const lifecycle = createLifecycle();
  let page: RequestListener = (_, outgoing) => outgoing.end('the shop');
  const requests: IncomingMessage[] = [];
  const upstream = http.createServer((incoming, outgoing) => {
    requests.push(incoming);
    page(incoming, outgoing);
  });
  const sockets = new Set<Socket>();
  upstream.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const upstreamUrl = options.upstreamUrl ?? `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;

  const room = await it.openRoom({ admissions_per_minute: 6_000, ...options.room });
  const shop = {
    ...checkoutDefaults(),
    url: upstreamUrl,
    credentials: 'strip' as const,
    ...options.settings,
  };
  const rule = (path: string, more: Partial<Rule> = {}): Rule => ({
    path,
    methods: null,
    upstream: 'shop',
    room: null,
    ...more,
  });
  const protectConfig: ProtectConfig = {
    upstreams: { shop, own: { ...shop, credentials: 'pass' } },
    rules: [rule('/own/*', { upstream: 'own', room }), rule('/checkout/*', { room }), rule('/*')],
  };
  if (options.withoutFile)
    it.gateway.config.services = { checkout: upstreamUrl, workers: options.workersUrl ?? upstreamUrl };
  else it.gateway.config.protect = protectConfig;
  const protect = createProtect(it.gateway, lifecycle);
  const app = createApp(it.gateway, { lifecycle, protect });
  const { port, server } = await listen({
    ...{ fetch: app.fetch, port: 0, host: '127.0.0.1', lifecycle },
    timeouts: { checkEveryMs: 50, ...options.timeouts },
  });
  acceptUpgrades(server, protect, lifecycle);

  /** One request, with nothing added or decoded. */
  const send = (
    method: string,
    path: string,
    given: { headers?: Record<string, string | string[]>; body?: string | Buffer } = {},
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const request = http.request({ host: '127.0.0.1', port, method, path, headers: given.headers ?? {} });
      request.once('error', reject);
      request.once('response', async (answer) => {
        const chunks: Buffer[] = [];
        try {
          for await (const chunk of answer) chunks.push(chunk);
        } catch (error) {
          return reject(error);
        }
        const { statusCode, headers, rawHeaders } = answer;
        resolve({ status: statusCode as number, headers, raw: rawHeaders, body: Buffer.concat(chunks) });
      });
      request.end(given.body);
    });

  /**
   * Goes through the waiting room as a browser does, without the sandbox's shopper client: tests need the raw headers.
   * @returns its cookies for the shop
   */
  async function admitted(inRoom = room) {
    const base = `/v1/rooms/${inRoom}/tickets`;
    const ticket = cookiesOf(await send('POST', base));
    const ask = () => send('GET', `${base}/me`, { headers: { cookie: ticket } });
    await vi.waitFor(
      async () => {
        if (JSON.parse((await ask()).body.toString()).state !== 'called') throw new Error('not called yet');
      },
      { timeout: 5_000, interval: 20 },
    );
    const claim = await send('POST', `${base}/me/claim`, { headers: { cookie: ticket } });
    const token = JSON.parse(claim.body.toString()).reservation_token as string;
    return { cookie: `${ticket}; ${cookiesOf(claim)}`, token, claim };
  }

  return {
    ...it,
    url: `http://127.0.0.1:${port}`,
    port,
    room,
    upstreamUrl,
    upstream,
    /** The upstream's open connections. */
    sockets,
    /** The requests that reached the upstream, in order. */
    requests,
    last: () => requests.at(-1) as IncomingMessage,
    answerWith: (listener: (incoming: IncomingMessage, outgoing: ServerResponse) => void) => {
      page = listener;
    },
    send,
    admitted,
    /** A raw connection to the gateway. */
    raw: () => connect(port, '127.0.0.1'),
    close: async () => {
      await lifecycle.close();
      await it.close();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => upstream.close(resolve));
    },
  };
}

const checkoutDefaults = () =>
  defaultProtectConfig({ checkout: 'http://127.0.0.1:9', workers: 'http://127.0.0.1:9' }).upstreams
    .checkout as UpstreamSettings;

/** Turns `Set-Cookie` into the `Cookie` of the next request. */
export const cookiesOf = (answer: Answer): string =>
  (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');

export const json = (answer: Answer) => JSON.parse(answer.body.toString());
