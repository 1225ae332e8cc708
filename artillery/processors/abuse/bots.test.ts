import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { PLACE } from '../documents.fixture.ts';
import { ABUSE_KINDS, type AbuseKind, type Bot, type BotRun, runBot } from './bot.ts';
import { flood } from './flood.ts';
import { forge } from './forge.ts';
import { catchSpent, replay } from './replay.ts';
import { sendSlowly } from './slow.ts';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = undefined;
});

type Answer = [status: number, code: string];

async function gatewayThatSays(answer: (request: IncomingMessage) => Answer): Promise<string> {
  server = createServer({ connectionsCheckingInterval: 20 }, (request, response) => {
    request.resume();
    const [status, code] = answer(request);
    const document = status < 300 ? PLACE : { code };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(document));
  });
  server.headersTimeout = 100;
  server.requestTimeout = 200;
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const floodALittle = (run: BotRun) => flood(run, { refusals: 20, joins: 100, questions: 60 });
const KINDS = { forged: forge, replayed: replay, flooding: floodALittle, slow: sendSlowly };

/** Runs one bot. @returns its counters, and its error */
async function runOneBot(kind: AbuseKind, target: string) {
  const counted: Record<string, number> = {};
  const events = {
    emit: (type: string, name: string, by: number) => {
      if (type === 'counter') counted[name] = (counted[name] ?? 0) + by;
    },
  };
  const vars: Bot = { target, room: 'launch', product: 'sneaker', until: Date.now() + 200 };
  // Every turn has the same kind here.
  const kinds = Object.fromEntries(ABUSE_KINDS.map((one) => [one, KINDS[kind]])) as typeof KINDS;
  const error = await runBot(kinds, { vars }, events).catch((failure: Error) => failure);
  const of = (what: string) =>
    ABUSE_KINDS.reduce((sum, one) => sum + (counted[`bots.${one}_${what}`] ?? 0), 0);
  return { gotIn: counted['bots.got_in'], tried: of('tried'), refused: of('refused'), error };
}

const refusals = ({ url = '', headers }: IncomingMessage): Answer => {
  if (!url.endsWith('/orders')) return [404, 'ticket_unknown'];
  return headers.authorization ? [401, 'token_invalid'] : [401, 'token_missing'];
};

test('a forger that is refused everywhere, with the right codes, is no error', async () => {
  const { gotIn, tried, refused, error } = await runOneBot('forged', await gatewayThatSays(refusals));
  expect({ gotIn, tried, refused, error }).toEqual({ gotIn: 0, tried: 6, refused: 6, error: undefined });
});

test('a forger that gets an order is detected, and one that is refused for another reason too', async () => {
  const open = await runOneBot('forged', await gatewayThatSays(() => [202, '']));
  expect(open).toMatchObject({ gotIn: 6, refused: 0 });
  expect(String(open.error)).toMatch(/202/);
  server?.close();
  const lame = await runOneBot('forged', await gatewayThatSays(() => [500, 'internal']));
  expect(lame).toMatchObject({ gotIn: 0, tried: 6, refused: 0 });
});

test('a spent reservation that buys again is detected', async () => {
  const claims = Buffer.from(JSON.stringify({ exp: 1 })).toString('base64url');
  catchSpent(`h.${claims}.s`, 'binding');
  const held = await runOneBot(
    'replayed',
    await gatewayThatSays(({ headers }) => {
      if (headers['x-binding'] !== 'binding') return [403, 'token_not_bound'];
      return headers.authorization === `Bearer h.${claims}.s` ? [409, 'token_spent'] : [401, 'token_invalid'];
    }),
  );
  expect(held).toEqual({ gotIn: 0, tried: 5, refused: 5, error: undefined });
  server?.close();
  const open = await runOneBot('replayed', await gatewayThatSays(() => [202, '']));
  expect(open).toMatchObject({ gotIn: 5, refused: 0 });
});

test('only a flood that is not held back is an error', async () => {
  let budget = 40;
  const held = await gatewayThatSays(({ method }) => {
    if (method === 'DELETE') return [204, ''];
    budget -= 1;
    return budget < 0 ? [429, 'rate_limited'] : [201, ''];
  });
  expect(await runOneBot('flooding', held)).toMatchObject({ gotIn: 0, tried: 2, refused: 2 });
  server?.close();
  const open = await runOneBot('flooding', await gatewayThatSays(() => [201, '']));
  expect(open).toMatchObject({ gotIn: 2, tried: 2, refused: 0 });
});

test('a server must end slow requests, and its answer must say why', async () => {
  const { tried, refused, error } = await runOneBot('slow', await gatewayThatSays(() => [200, '']));
  expect({ tried, refused }).toEqual({ tried: 2, refused: 0 });
  expect(String(error)).toMatch(/408|200/);
});
