import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from '../answer.ts';
import { family, type Row } from '../case.ts';
import { orderRequest, reserve } from '../reservations.ts';
import { join, quickRoom, quickShop } from '../rooms.ts';
import { fromPage } from '../shoppers.ts';
import { open, readAnswers } from '../wire.ts';
import { NotPrepared, type World } from '../world.ts';

const CRLF = '\r\n';
const head = (world: World, line: string, headers: readonly string[] = []) =>
  [line, `Host: ${world.target.origin.host}`, ...headers].join(CRLF);
const upload = (world: World, path: string) =>
  `${head(world, `POST ${path} HTTP/1.1`, ['Content-Type: application/json', 'Content-Length: 2000'])}${CRLF}${CRLF}{"`;

/** A client that never finishes. */
type Slow = {
  id: string;
  title: string;
  /** What it sends at once. */
  first: (world: World) => string;
  /** What it sends every second after that. */
  drip?: string;
  /** How long the server may tolerate it. */
  limitSeconds: number;
};

/** One or two seconds more than documented, because the server checks periodically. */
const CLIENTS: readonly Slow[] = [
  { id: 'silent', title: 'a connection on which nothing is sent', first: () => '', limitSeconds: 25 },
  { id: 'half-line', title: 'half a request line', first: () => 'GET /v1/pro', limitSeconds: 15 },
  {
    id: 'half-head',
    title: 'half a head',
    first: (world) => `${head(world, 'GET /v1/products HTTP/1.1')}${CRLF}X-A: `,
    limitSeconds: 15,
  },
  {
    id: 'dripped-head',
    title: 'a head that grows by a header a second',
    first: (world) => `${head(world, 'GET /v1/products HTTP/1.1')}${CRLF}`,
    drip: `X-A: a${CRLF}`,
    limitSeconds: 15,
  },
  {
    id: 'half-body-join',
    title: 'half the body of a join',
    first: (world) => upload(world, '/v1/rooms/no-such-room/tickets'),
    limitSeconds: 35,
  },
  {
    id: 'dripped-body-join',
    title: 'the body of a join, a byte a second',
    first: (world) => upload(world, '/v1/rooms/no-such-room/tickets'),
    drip: 'a',
    limitSeconds: 35,
  },
  {
    id: 'dripped-body-order',
    title: 'the body of an order without a token, a byte a second',
    first: (world) => upload(world, '/v1/orders'),
    drip: 'a',
    limitSeconds: 35,
  },
  {
    id: 'dripped-body-sign-in',
    title: 'the body of signing in, a byte a second',
    first: (world) => upload(world, '/v1/auth/sign-in'),
    drip: 'a',
    limitSeconds: 35,
  },
  {
    id: 'dripped-body-webhook',
    title: 'the body of a payment event, a byte a second',
    first: (world) => upload(world, '/v1/payments/webhook'),
    drip: 'a',
    limitSeconds: 35,
  },
  {
    id: 'dripped-body-admin',
    title: 'the body of an operators’ call without a key, a byte a second',
    first: (world) => upload(world, '/v1/admin/rooms'),
    drip: 'a',
    limitSeconds: 35,
  },
  {
    id: 'dripped-chunks',
    title: 'chunks of one byte, one a second',
    first: (world) =>
      `${head(world, 'POST /v1/auth/sign-in HTTP/1.1', ['Content-Type: application/json', 'Transfer-Encoding: chunked'])}${CRLF}${CRLF}1${CRLF}{${CRLF}`,
    drip: `1${CRLF}a${CRLF}`,
    limitSeconds: 35,
  },
  {
    id: 'second-request',
    title: 'half a second request on a kept connection',
    first: (world) =>
      `${head(world, 'GET /healthz HTTP/1.1')}${CRLF}${CRLF}${head(world, 'GET /healthz HTTP/1.1')}${CRLF}X-A: `,
    drip: 'a',
    limitSeconds: 20,
  },
];

/** Waits until the server ends the connection or the request. @returns ms, or null if it still tolerates the client */
async function toleratedFor(
  world: World,
  { first, drip, limitSeconds }: Slow,
): Promise<{ ms: number | null; answer: string }> {
  const socket = open(world.target.origin, world.severalAddresses ? world.address() : undefined);
  const started = performance.now();
  let received = '';
  let closed = false;
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    received += chunk;
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    closed = true;
  });
  await once(socket, 'connect');
  const sent = first(world);
  if (sent) socket.write(sent);
  while (!closed && performance.now() - started < limitSeconds * 1_000) {
    await wait(1_000);
    if (drip && !closed) socket.write(drip);
  }
  const ms = closed ? performance.now() - started : null;
  socket.destroy();
  return { ms, answer: received };
}

const slow = (one: Slow): Row => ({
  id: one.id,
  title: one.title,
  source: 'S9',
  needs: ['wire'],
  reduced: one.id === 'half-head',
  attack: async (world) => {
    const { ms, answer } = await toleratedFor(world, one);
    const [first] = readAnswers(answer);
    return {
      status: first?.status ?? 0,
      headers: { ended: String(ms !== null) },
      text: answer,
      ms: ms ?? 0,
      sent: one.first(world),
    };
  },
  refusal: {
    status: [0, 200, 400, 401, 403, 404, 408, 413, 415, 422],
    says: `the connection ends within ${one.limitSeconds} s`,
    together: ([answer]) =>
      answer?.headers.ended === 'true' ? undefined : `still open after ${one.limitSeconds} s`,
  },
});

/** Many slow requests of one client, and what others see meanwhile. */
type Crowd = {
  id: string;
  title: string;
  source: string;
  count: number;
  first: (world: World) => Promise<string> | string;
  /** What another client repeats meanwhile. */
  other: (world: World) => Promise<Answer>;
  served: readonly number[];
};

const ATTACKER = '127.99.0.1';
/** Nobody waits longer because of another client. */
const OTHERS_WAIT_MS = 5_000;
const LOOKS = 8;

const buy = async (world: World): Promise<Answer> => {
  const { room, product } = await quickShop(world);
  return world.send(orderRequest(await reserve(world, room), { product }));
};

const CROWDS: readonly Crowd[] = [
  {
    id: 'uploads-70-catalogue',
    title: '70 slow uploads to the checkout, and the catalogue of others',
    source: 'S19',
    count: 70,
    first: (world) => upload(world, '/v1/auth/sign-in'),
    other: (world) => world.send({ path: '/v1/products' }),
    served: [200],
  },
  {
    id: 'uploads-330-orders',
    title: '330 slow uploads to the checkout, and the orders of others',
    source: 'S19',
    count: 330,
    first: (world) => upload(world, '/v1/auth/sign-in'),
    other: buy,
    served: [202],
  },
  {
    id: 'uploads-330-webhook',
    title: '330 slow payment events, and the orders of others',
    source: 'S19',
    count: 330,
    first: (world) => upload(world, '/v1/payments/webhook'),
    other: buy,
    served: [202],
  },
  {
    id: 'joins-4050',
    title: '4,050 slow joins, and newcomers',
    source: 'S20',
    count: 4_050,
    first: async (world) => upload(world, `/v1/rooms/${await quickRoom(world)}/tickets`),
    other: async (world) => join(world, await quickRoom(world)),
    served: [201],
  },
  {
    id: 'silent-2000',
    title: '2,000 silent connections, and the status for others',
    source: 'S9',
    count: 2_000,
    first: () => '',
    other: async (world) => world.send({ path: `/v1/rooms/${await quickRoom(world)}/status` }),
    served: [200],
  },
];

async function openMany(
  world: World,
  count: number,
  first: string,
): Promise<{ sockets: Socket[]; open(): number }> {
  const sockets: Socket[] = [];
  let ended = 0;
  for (let at = 0; at < count; at += 1) {
    const socket = open(world.target.origin, ATTACKER);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      ended += 1;
    });
    socket.on('connect', () => first && socket.write(first));
    socket.resume();
    sockets.push(socket);
    if (at % 200 === 199) await wait(50);
  }
  await wait(500);
  return { sockets, open: () => count - ended };
}

const crowd = ({ id, title, source, count, first, other, served }: Crowd): Row => ({
  id: `others-${id}`,
  title,
  source,
  needs: ['wire', 'addresses', 'admin-key'],
  alone: true,
  attack: async (world) => {
    // Created before, so that only the others' calls are measured.
    await quickShop(world);
    const { sockets } = await openMany(world, count, await first(world));
    try {
      const answers: Answer[] = [];
      for (let nth = 0; nth < LOOKS; nth += 1) answers.push(await other(world).catch(asAnswer));
      return answers;
    } finally {
      for (const socket of sockets) socket.destroy();
    }
  },
  refusal: {
    // Others must not get 503. It is in this list so that it does not count as a defect twice.
    status: [...served, 503],
    says: `others are served within ${OTHERS_WAIT_MS / 1_000} s`,
    together: (answers) => {
      const bad = answers.filter(({ status, ms }) => !served.includes(status) || ms > OTHERS_WAIT_MS);
      const shown = bad.map(({ status, ms }) => `${status} after ${Math.round(ms)} ms`).join(', ');
      return bad.length === 0 ? undefined : `${bad.length} of ${answers.length} calls of others: ${shown}`;
    },
  },
});

function asAnswer(error: Error): Answer {
  if (!(error instanceof NotPrepared)) throw error;
  return { status: 0, headers: {}, text: error.message, ms: 0, sent: 'a call of somebody else' };
}

const SHARED: Row = {
  id: 'others-oversized-bodies',
  title: 'a loop of bodies that are too large to the checkout, and the orders of others',
  source: 'S30',
  needs: ['admin-key', 'addresses'],
  alone: true,
  attack: async (world) => {
    await quickShop(world);
    const over = new AbortController();
    const large = { email: 'a@example.com', password: 'x'.repeat(200_000) };
    const loop = async () => {
      while (!over.signal.aborted)
        await world.send({ ...fromPage(world, '/v1/auth/sign-in', large), from: ATTACKER });
    };
    const loops = Array.from({ length: 4 }, loop);
    try {
      const answers: Answer[] = [];
      for (let nth = 0; nth < 60; nth += 1) answers.push(await buy(world).catch(asAnswer));
      return answers;
    } finally {
      over.abort();
      await Promise.all(loops);
    }
  },
  refusal: {
    status: [202],
    says: 'every order is placed',
    together: (answers) => {
      const lost = answers.filter(({ status }) => status !== 202).length;
      return lost === 0 ? undefined : `${lost} of ${answers.length} orders failed`;
    },
  },
};

export const slowClients = family(
  'slow',
  'clients that never finish: how long they are tolerated, and what others see meanwhile',
  [...CLIENTS.map(slow), ...CROWDS.map(crowd), SHARED],
);
