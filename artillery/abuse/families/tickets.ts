import { challenge as challengeDocument } from '@shopfast/kit/contracts/api';
import { rehearsalPassDocument } from '@shopfast/kit/contracts/rooms';
import { keysOf } from '@shopfast/kit/narrow';
import { type Answer, codeOf, cookieOf, documentOf, jsonOf } from '../answer.ts';
import { family, type Refusal, type Row, refuse } from '../case.ts';
import { signTicket } from '../forge.ts';
import type { Request } from '../http-client.ts';
import type { Need } from '../needs.ts';
import { claim } from '../reservations.ts';
import {
  join,
  joinRoom,
  lobbyRoom,
  makeRoom,
  QUICK,
  quickRoom,
  ticketHeaders,
  ticketStatus,
  untilState,
  waitingRoom,
} from '../rooms.ts';
import { openStreams } from '../streams.ts';
import { until, type World } from '../world.ts';

/** The calls that need a ticket. */
const CALLS = {
  status: { method: 'GET', path: '/tickets/me' },
  claim: { method: 'POST', path: '/tickets/me/claim' },
  leave: { method: 'DELETE', path: '/tickets/me' },
  events: { method: 'GET', path: '/events' },
  reminder: { method: 'PUT', path: '/tickets/me/reminder', json: { email: 'abuse@example.com' } },
} as const;
type CallName = keyof typeof CALLS;

const call = (name: CallName, room: string, headers: Record<string, string | string[]>): Request => ({
  ...CALLS[name],
  path: `/v1/rooms/${room}${CALLS[name].path}`,
  headers,
});

const UNKNOWN = refuse([401, 404], ['ticket_unknown', 'ticket_missing']);
const GONE = refuse([404, 410], ['ticket_unknown', 'ticket_expired']);

/** A text instead of a ticket of the waiting room. */
type Forgery = {
  id: string;
  title: string;
  source: string;
  needs?: readonly Need[];
  forge: (ticket: string, world: World) => string | Promise<string>;
  /** The calls to send it to. Default: the ticket status. */
  calls?: readonly CallName[];
};

/** Room, epoch, index, id, joined, told, mac. */
const fields = (ticket: string) => ticket.slice(4).split('.');
const withField = (at: number, value: (old: string) => string) => (ticket: string) => {
  const all = fields(ticket);
  all[at] = value(all[at] ?? '');
  return `tkt_${all.join('.')}`;
};
const swapCase = (text: string) =>
  [...text].map((one) => (one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase())).join('');

const EVERYWHERE = keysOf(CALLS);
const MAC = 'design 2, ticket';

const FORGERIES: readonly Forgery[] = [
  {
    id: 'garbage',
    title: 'a word instead of a ticket',
    source: MAC,
    forge: () => 'nonsense',
    calls: EVERYWHERE,
  },
  {
    id: 'unsigned',
    title: 'a ticket without its signature',
    source: MAC,
    forge: (ticket) => ticket.slice(0, ticket.lastIndexOf('.')),
    calls: EVERYWHERE,
  },
  {
    id: 'mac-zero',
    title: 'a ticket with a made-up signature',
    source: MAC,
    forge: withField(6, () => 'A'.repeat(22)),
    calls: EVERYWHERE,
  },
  {
    id: 'mac-short',
    title: 'a signature without its last character',
    source: MAC,
    forge: withField(6, (mac) => mac.slice(0, -1)),
  },
  {
    id: 'mac-long',
    title: 'a signature with an extra character',
    source: MAC,
    forge: withField(6, (mac) => `${mac}A`),
  },
  { id: 'mac-case', title: 'the signature in other case', source: MAC, forge: withField(6, swapCase) },
  {
    id: 'mac-base64',
    title: 'the signature in the other alphabet of base64',
    source: 'S27',
    forge: withField(6, (mac) => `${mac.slice(0, -1)}+`),
  },
  { id: 'index-first', title: 'the first index of the line', source: MAC, forge: withField(2, () => '0') },
  {
    id: 'index-zero-led',
    title: 'the index with a leading zero',
    source: 'S27',
    forge: withField(2, (index) => `0${index}`),
  },
  {
    id: 'index-priority',
    title: 'the priority line',
    source: MAC,
    forge: withField(2, (index) => `P${index}`),
  },
  {
    id: 'epoch-next',
    title: 'the next epoch of the room',
    source: 'S1',
    forge: withField(1, (epoch) => (Number.parseInt(epoch, 36) + 1).toString(36)),
  },
  { id: 'id-other', title: 'another id', source: MAC, forge: withField(3, () => 'AAAAAAAAAAAA') },
  { id: 'joined-earlier', title: 'an earlier time of joining', source: MAC, forge: withField(4, () => '1') },
  {
    id: 'room-other',
    title: 'the name of another room',
    source: MAC,
    forge: withField(0, () => 'elsewhere'),
  },
  {
    id: 'room-case',
    title: 'the room in capitals',
    source: 'S27',
    forge: withField(0, (room) => room.toUpperCase()),
  },
  { id: 'field-more', title: 'a field more', source: MAC, forge: (ticket) => ticket.replace('.', '.0.') },
  {
    id: 'space-within',
    title: 'a space within',
    source: 'S27',
    forge: (ticket) => ticket.replace('.', ' .'),
  },
  {
    id: 'long',
    title: 'a ticket of 10,000 characters',
    source: 'OWASP API4:2023',
    forge: (ticket) => ticket + 'A'.repeat(10_000),
  },
  {
    id: 'of-other-room',
    title: 'a good ticket of another room',
    source: 'OWASP API1:2023',
    forge: async (_, world) => joinRoom(world, await quickRoom(world)),
    calls: EVERYWHERE,
  },
  {
    id: 'token-as-ticket',
    title: 'a reservation token instead of a ticket',
    source: 'RFC 8725 3.11',
    forge: async (_, world) => {
      const room = await quickRoom(world);
      return (await claim(world, room, await joinRoom(world, room))).token;
    },
  },
  {
    id: 'key-as-ticket',
    title: 'an admin key instead of a ticket',
    source: 'OWASP API2:2023',
    forge: (_, world) => world.adminKey,
  },
  {
    id: 'signed-epoch-before',
    title: 'a genuinely signed ticket of an earlier epoch',
    source: 'S1',
    needs: ['secrets'],
    forge: (ticket, world) =>
      signed(world, ticket, 1, (epoch) => (Number.parseInt(epoch, 36) - 1).toString(36).replace('-', '')),
    calls: ['status', 'claim', 'leave'],
  },
  {
    id: 'signed-epoch-next',
    title: 'a genuinely signed ticket of an epoch to come',
    source: 'S1',
    needs: ['secrets'],
    forge: (ticket, world) =>
      signed(world, ticket, 1, (epoch) => (Number.parseInt(epoch, 36) + 7).toString(36)),
    calls: ['status', 'claim'],
  },
];

function signed(world: World, ticket: string, at: number, change: (old: string) => string): string {
  const all = fields(ticket).slice(0, -1);
  all[at] = change(all[at] ?? '');
  return signTicket(world, all.join('.'));
}

const forged = ({ forge, calls = ['status'], id, title, ...row }: Forgery): Row[] =>
  calls.map((name) => ({
    ...row,
    id: calls.length === 1 ? id : `${name}-${id}`,
    title: `${name} with ${title}`,
    attack: async (world) => {
      const room = await waitingRoom(world);
      const shown = await forge(await joinRoom(world, room), world);
      return world.send(call(name, room, ticketHeaders(shown)));
    },
    // A valid ticket of another epoch has ended; all others are unknown.
    refusal: id.startsWith('signed-') ? GONE : UNKNOWN,
  }));

const missing: Row[] = EVERYWHERE.map((name) => ({
  id: `${name}-nothing`,
  title: `${name} without any ticket`,
  source: 'design 5.1',
  reduced: name === 'status',
  attack: async (world) => world.send(call(name, await waitingRoom(world), {})),
  refusal: refuse(401, 'ticket_missing'),
}));

const room = (world: World, id: string, method: string, path: string) =>
  world.operate(method, `/rooms/${id}${path}`);

/** Ways to end a valid ticket. */
type Ending = {
  id: string;
  title: string;
  source: string;
  settings?: object;
  end: (world: World, room: string, ticket: string) => Promise<unknown>;
  calls?: readonly CallName[];
  refusal?: Refusal;
};

const ENDINGS: readonly Ending[] = [
  {
    id: 'left',
    title: 'a ticket that left',
    source: 'design 5.1',
    calls: ['status', 'claim', 'events', 'reminder'],
    end: (world, id, ticket) => world.prepare(call('leave', id, ticketHeaders(ticket))),
  },
  {
    id: 'reset',
    title: 'a ticket from before the reset',
    source: 'S1',
    calls: ['status', 'claim', 'events'],
    end: async (world, id) => {
      await room(world, id, 'POST', '/close');
      await room(world, id, 'POST', '/reset');
      await room(world, id, 'POST', '/open');
    },
  },
  {
    id: 'deleted',
    title: 'a ticket of a deleted room',
    source: 'S1',
    calls: ['status', 'claim', 'leave'],
    end: (world, id) => world.operate('DELETE', `/rooms/${id}?force=true`),
    refusal: refuse(404, ['room_unknown', 'ticket_unknown']),
  },
  {
    id: 'made-again',
    title: 'a ticket of a deleted room whose name is used again',
    source: 'S1',
    calls: ['status', 'claim', 'events'],
    end: async (world, id) => {
      await world.operate('DELETE', `/rooms/${id}?force=true`);
      await world.operate('POST', '/rooms', { id, name: 'Made again', ...QUICK });
      await world.operate('POST', `/rooms/${id}/open`);
    },
  },
  {
    id: 'revoked',
    title: 'a ticket whose place an operator revoked',
    source: 'design 5.1',
    end: async (world, id, ticket) => {
      await untilState(world, id, ticket, 'called');
      const { number } = jsonOf(await ticketStatus(world, id, ticket));
      await world.operate('POST', `/rooms/${id}/revoke`, { number });
    },
    calls: ['claim'],
    refusal: refuse(
      [401, 404, 409, 410],
      ['ticket_expired', 'ticket_unknown', 'token_revoked', 'not_called'],
    ),
  },
  {
    id: 'not-claimed',
    title: 'a ticket that was called and not claimed in time',
    source: 'design 2',
    settings: { claim_seconds: 5 },
    end: async (world, id, ticket) => {
      await untilState(world, id, ticket, 'called');
      const { claim_by } = jsonOf(await ticketStatus(world, id, ticket));
      await until('the claim time runs out', async () =>
        Date.now() > Date.parse(String(claim_by)) + 1_000 ? true : undefined,
      );
    },
    calls: ['claim'],
  },
  {
    id: 'closed',
    title: 'a claim after the room closed',
    source: 'S22',
    end: async (world, id, ticket) => {
      await untilState(world, id, ticket, 'called');
      await room(world, id, 'POST', '/close');
    },
    calls: ['claim'],
    refusal: refuse([409, 410], ['room_closed', 'not_called', 'ticket_expired', 'room_not_open']),
  },
];

const ended = ({
  end,
  calls = ['status'],
  settings = {},
  refusal = GONE,
  id,
  title,
  ...row
}: Ending): Row[] =>
  calls.map((name) => ({
    ...row,
    id: `${name}-${id}`,
    title: `${name} with ${title}`,
    attack: async (world) => {
      const own = await makeRoom(world, `t-${world.next()}`, { ...QUICK, ...settings });
      const ticket = await joinRoom(world, own);
      await end(world, own, ticket);
      return world.send(call(name, own, ticketHeaders(ticket)));
    },
    refusal: name === 'events' ? orEnded(refusal) : refusal,
  }));

/** A stream may also start, report that the ticket has ended, and end. */
const orEnded = ({ status, code }: Refusal): Refusal => ({
  ...refuse(status, code),
  says: 'or a stream that says so and ends',
  together: ([answer]) => {
    const told = answer?.status === 200 && /^event: ended\ndata: \{"code":"ticket_/.test(answer.text);
    const refused = answer && status.includes(answer.status) && code?.includes(codeOf(answer) ?? '');
    return told || refused ? undefined : `answered ${answer?.status} ${answer?.text.slice(0, 200)}`;
  },
});

const numbers = (answers: readonly Answer[]) => new Set(answers.map((answer) => jsonOf(answer).number));

const OTHERS: readonly Row[] = [
  {
    id: 'claim-waiting',
    title: 'a claim before the call',
    source: 'design 5.1',
    reduced: true,
    attack: async (world) => {
      const id = await waitingRoom(world);
      return world.send(call('claim', id, ticketHeaders(await joinRoom(world, id))));
    },
    refusal: refuse(409, 'not_called'),
  },
  {
    id: 'claim-lobby',
    title: 'a claim in the lobby',
    source: 'design 5.1',
    attack: async (world) => {
      const id = await lobbyRoom(world);
      return world.send(call('claim', id, ticketHeaders(await joinRoom(world, id))));
    },
    refusal: refuse(409, ['not_called', 'room_not_open']),
  },
  {
    id: 'claim-get',
    title: 'a claim by GET, as a link would make it',
    source: 'RFC 9110 9.2.1',
    attack: async (world) => {
      const id = await quickRoom(world);
      const ticket = await joinRoom(world, id);
      return world.send({ path: `/v1/rooms/${id}/tickets/me/claim`, headers: ticketHeaders(ticket) });
    },
    refusal: refuse([404, 405]),
  },
  {
    id: 'claim-head',
    title: 'a claim by HEAD',
    source: 'RFC 9110 9.2.1',
    attack: async (world) => {
      const id = await quickRoom(world);
      const ticket = await joinRoom(world, id);
      return world.send({
        method: 'HEAD',
        path: `/v1/rooms/${id}/tickets/me/claim`,
        headers: ticketHeaders(ticket),
      });
    },
    refusal: refuse([404, 405]),
  },
  {
    id: 'ticket-in-query',
    title: 'a ticket in the address',
    source: 'RFC 6750 2.3',
    attack: async (world) => {
      const id = await waitingRoom(world);
      const ticket = await joinRoom(world, id);
      return world.send({ path: `/v1/rooms/${id}/tickets/me?ticket=${ticket}&access_token=${ticket}` });
    },
    refusal: refuse(401, 'ticket_missing'),
  },
  {
    id: 'ticket-in-path',
    title: 'a ticket as part of the path',
    source: 'OWASP API1:2023',
    attack: async (world) => {
      const id = await waitingRoom(world);
      const ticket = await joinRoom(world, id);
      return world.send({ path: `/v1/rooms/${id}/tickets/${ticket}` });
    },
    refusal: refuse([401, 404, 405]),
  },
  {
    id: 'cookie-of-other-room',
    title: 'a ticket in the cookie of another room',
    source: 'OWASP API1:2023',
    attack: async (world) => {
      const id = await waitingRoom(world);
      const other = await quickRoom(world);
      const ticket = await joinRoom(world, other);
      return world.send(call('status', id, { cookie: `__Host-ticket_${id}=${ticket}` }));
    },
    refusal: UNKNOWN,
  },
  {
    id: 'header-before-cookie',
    title: 'a bad ticket in the header beside a good one in the cookie',
    source: 'RFC 6750 2',
    attack: async (world) => {
      const id = await waitingRoom(world);
      const ticket = await joinRoom(world, id);
      return world.send(
        call('status', id, { authorization: 'Bearer tkt_nonsense', cookie: `__Host-ticket_${id}=${ticket}` }),
      );
    },
    refusal: UNKNOWN,
  },
  {
    id: 'form-join-cross-site',
    title: 'a form of another site joins and claims on the page without scripts',
    source: 'OWASP CSRF',
    attack: async (world) => {
      const id = await quickRoom(world);
      const ticket = await joinRoom(world, id);
      await untilState(world, id, ticket, 'called');
      return world.send({
        method: 'POST',
        path: `/w/${id}?plain`,
        headers: {
          cookie: `__Host-ticket_${id}=${ticket}`,
          origin: 'https://evil.example',
          'sec-fetch-site': 'cross-site',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'do=claim',
      });
    },
    refusal: {
      status: [400, 403],
      says: 'no reservation in the answer',
      together: ([answer]) =>
        /reservation_token|__Host-res_/.test(
          `${answer?.headers.location} ${answer?.headers['set-cookie']}`,
        ) || (answer?.status ?? 0) === 303
          ? 'the form of another site was obeyed'
          : undefined,
    },
  },
  {
    id: 'two-places',
    title: 'twenty joins with one ticket at once give one place',
    source: 'design 8',
    attack: async (world) => {
      const id = await waitingRoom(world);
      const ticket = await joinRoom(world, id);
      return Promise.all(
        Array.from({ length: 20 }, () =>
          world.send({
            method: 'POST',
            path: `/v1/rooms/${id}/tickets`,
            json: {},
            headers: ticketHeaders(ticket),
          }),
        ),
      );
    },
    refusal: {
      status: [200],
      says: 'one number in all answers',
      together: (answers) =>
        numbers(answers).size === 1 ? undefined : `${numbers(answers).size} numbers for one ticket`,
    },
  },
  {
    id: 'admitted-joins-again',
    title: 'who was admitted joins again with the ticket',
    source: 'design 8',
    attack: async (world) => {
      const id = await makeRoom(world, `twice-${world.next()}`);
      const ticket = await joinRoom(world, id);
      await claim(world, id, ticket);
      return world.send({
        method: 'POST',
        path: `/v1/rooms/${id}/tickets`,
        json: {},
        headers: ticketHeaders(ticket),
      });
    },
    refusal: {
      status: [200],
      says: 'the same place, admitted',
      together: ([answer]) =>
        answer?.status === 200 && jsonOf(answer).state === 'admitted'
          ? undefined
          : `got ${answer?.status} ${jsonOf(answer).state}: a second place`,
    },
  },
  {
    id: 'number-in-lobby',
    title: 'a number before the draw',
    source: 'fairness',
    attack: async (world) => join(world, await lobbyRoom(world)),
    refusal: {
      status: [201],
      says: 'number is null',
      together: ([answer]) =>
        answer && jsonOf(answer).number === null ? undefined : 'a number before the draw',
    },
  },
  {
    id: 'seed-before-draw',
    title: 'the seed before the draw',
    source: 'fairness',
    attack: async (world) => world.send({ path: `/v1/rooms/${await lobbyRoom(world)}/status` }),
    refusal: {
      status: [200],
      says: 'a commitment, no seed',
      together: ([answer]) =>
        /"seed":"/.test(answer?.text ?? '') || !/"commitment":"/.test(answer?.text ?? '')
          ? `told: ${answer?.text.slice(0, 200)}`
          : undefined,
    },
  },
  {
    id: 'ticket-in-answer-cached',
    title: 'an answer with a ticket that a cache may keep',
    source: 'RFC 9111 5.2.2.5',
    attack: async (world) => join(world, await waitingRoom(world)),
    refusal: {
      status: [201],
      says: 'Cache-Control: no-store',
      together: ([answer]) =>
        /no-store/.test(answer?.headers['cache-control'] ?? '')
          ? undefined
          : `Cache-Control: ${answer?.headers['cache-control']}`,
    },
  },
  {
    id: 'ticket-cookie-flags',
    title: 'a ticket’s cookie that scripts or other sites reach',
    source: 'OWASP session management',
    attack: async (world) => join(world, await waitingRoom(world)),
    refusal: {
      status: [201],
      says: '__Host-, Secure, HttpOnly, SameSite',
      together: ([answer]) => {
        const line = answer?.headers['set-cookie'] ?? '';
        return /^__Host-ticket_[^;]+;/.test(line) &&
          ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/'].every((flag) => line.includes(flag))
          ? undefined
          : `Set-Cookie: ${line.replace(/tkt_[^;]+/, '…')}`;
      },
    },
  },
  {
    id: 'claim-cookie-flags',
    title: 'a reservation’s binding that scripts or other sites reach',
    source: 'OWASP session management',
    reduced: true,
    attack: async (world) => {
      const id = await quickRoom(world);
      const joined = await join(world, id);
      const ticket = cookieOf(joined, `__Host-ticket_${id}`);
      return until('a claim by cookie', async () => {
        const answer = await world.send(call('claim', id, { cookie: `__Host-ticket_${id}=${ticket}` }));
        return answer.status === 200 ? answer : undefined;
      });
    },
    refusal: {
      status: [200],
      says: 'the binding in an HttpOnly cookie alone',
      together: ([answer]) => {
        const line = answer?.headers['set-cookie'] ?? '';
        const flags = ['Secure', 'HttpOnly', 'SameSite=Lax'];
        return /__Host-bind_/.test(line) &&
          line.split('\n').every((one) => flags.every((flag) => one.includes(flag))) &&
          jsonOf(answer).binding === undefined
          ? undefined
          : 'the cookie lacks a flag, or scripts can read the binding';
      },
    },
  },
  {
    id: 'join-closed',
    title: 'a join in a closed room',
    source: 'design 2',
    attack: async (world) => {
      const id = await makeRoom(world, `closed-${world.next()}`);
      await room(world, id, 'POST', '/close');
      return join(world, id);
    },
    refusal: refuse(409, 'room_closed'),
  },
  {
    id: 'join-scheduled',
    title: 'a join before the lobby opens',
    source: 'design 2',
    attack: async (world) => join(world, await makeRoom(world, `sched-${world.next()}`, QUICK, false)),
    refusal: refuse(409, 'room_not_open'),
  },
  {
    id: 'join-rejecting',
    title: 'a join in a room that takes nobody',
    source: 'design 5.1',
    attack: async (world) =>
      join(world, await makeRoom(world, `reject-${world.next()}`, { ...QUICK, queueing_method: 'reject' })),
    refusal: refuse(409, 'room_rejects'),
  },
  {
    id: 'join-unknown',
    title: 'a join in a room that does not exist',
    source: 'design 5.1',
    reduced: true,
    attack: (world) => join(world, 'no-such-room'),
    refusal: refuse(404, 'room_unknown'),
  },
  {
    id: 'join-prototype',
    title: 'a join in a room named as every object’s constructor',
    source: 'S28',
    attack: (world) => join(world, 'constructor'),
    refusal: refuse(404, 'room_unknown'),
  },
  {
    id: 'join-proto',
    title: 'a join in a room named __proto__',
    source: 'S28',
    attack: (world) => join(world, '__proto__'),
    refusal: refuse([404, 422], ['room_unknown', 'invalid_request']),
  },
  {
    id: 'rehearsal-join',
    title: 'a join in a rehearsal without its pass',
    source: 'S31',
    attack: async (world) => join(world, await rehearsal(world)),
    refusal: refuse(404, 'room_unknown'),
  },
  {
    id: 'rehearsal-status',
    title: 'the status of a rehearsal without its pass',
    source: 'S31',
    attack: async (world) => world.send({ path: `/v1/rooms/${await rehearsal(world)}/status` }),
    refusal: refuse(404, 'room_unknown'),
  },
  {
    id: 'rehearsal-challenge',
    title: 'a challenge of a rehearsal without its pass',
    source: 'S31',
    attack: async (world) => world.send({ path: `/v1/rooms/${await rehearsal(world)}/challenge` }),
    refusal: refuse(404, 'room_unknown'),
  },
  {
    id: 'rehearsal-wrong-pass',
    title: 'a join in a rehearsal with a made-up pass',
    source: 'S31',
    attack: async (world) =>
      world.send({
        method: 'POST',
        path: `/v1/rooms/${await rehearsal(world)}/tickets`,
        json: {},
        headers: { 'x-rehearsal': `reh_${'A'.repeat(43)}` },
      }),
    refusal: refuse(404, 'room_unknown'),
  },
  {
    id: 'rehearsal-pass-of-other',
    title: 'a join in a rehearsal with another rehearsal’s pass',
    source: 'S31',
    attack: async (world) => {
      const other = await makeRoom(world, `reh-${world.next()}`, { ...QUICK, rehearsal: true });
      const { header, pass } = rehearsalPassDocument.parse(
        await world.operate('GET', `/rooms/${other}/rehearsal-pass`),
      );
      return world.send({
        method: 'POST',
        path: `/v1/rooms/${await rehearsal(world)}/tickets`,
        json: {},
        headers: { [header]: pass },
      });
    },
    refusal: refuse(404, 'room_unknown'),
  },
  {
    id: 'pow-without',
    title: 'a join without the proof that the room asks for',
    source: 'ADR 0006',
    attack: async (world) => join(world, await powRoom(world)),
    refusal: refuse(403, 'proof_required'),
  },
  {
    id: 'pow-garbage',
    title: 'a join with a made-up proof',
    source: 'ADR 0006',
    attack: async (world) =>
      join(world, await powRoom(world), {
        proof: Buffer.from('{"challenge":{},"solution":{}}').toString('base64'),
      }),
    refusal: refuse([403, 422], ['proof_invalid', 'invalid_request']),
  },
  {
    id: 'pow-null',
    title: 'a proof that is null inside',
    source: 'ADR 0006',
    attack: async (world) =>
      join(world, await powRoom(world), { proof: Buffer.from('null').toString('base64') }),
    refusal: refuse([403, 422], ['proof_invalid', 'invalid_request']),
  },
  {
    id: 'pow-unsolved',
    title: 'a genuine challenge without a solution',
    source: 'ADR 0006',
    attack: async (world) => {
      const id = await powRoom(world);
      const challenge = jsonOf(await world.prepare({ path: `/v1/rooms/${id}/challenge` }));
      return join(world, id, {
        proof: Buffer.from(
          JSON.stringify({ challenge, solution: { counter: 1, derivedKey: '00' } }),
        ).toString('base64'),
      });
    },
    refusal: refuse(403, 'proof_invalid'),
  },
  {
    id: 'pow-easier',
    title: 'a genuine challenge that was made easier',
    source: 'ADR 0006',
    attack: async (world) => {
      const id = await powRoom(world);
      const given = documentOf(challengeDocument, await world.prepare({ path: `/v1/rooms/${id}/challenge` }));
      const parameters = { ...given.parameters, cost: 1, keyPrefix: '' };
      return join(world, id, {
        proof: Buffer.from(
          JSON.stringify({
            challenge: { ...given, parameters },
            solution: { counter: 0, derivedKey: '' },
          }),
        ).toString('base64'),
      });
    },
    refusal: refuse(403, 'proof_invalid'),
  },
  {
    id: 'email-missing',
    title: 'a join without the address that the room asks for',
    source: 'design 5.1',
    attack: async (world) => join(world, await emailRoom(world)),
    refusal: refuse(422, 'invalid_request'),
  },
  {
    id: 'email-taken',
    title: 'the answer to a stranger’s address reveals who is in line',
    source: 'S33',
    attack: async (world) => {
      const id = await emailRoom(world);
      const email = `taken-${world.next()}@example.com`;
      await joinRoom(world, id, { email });
      return [
        await join(world, id, { email: `free-${world.next()}@example.com` }),
        await join(world, id, { email }),
      ];
    },
    refusal: {
      status: [201, 202],
      says: 'the same answer as for a free address',
      together: ([free, taken]) =>
        free?.status === taken?.status && codeOf(free) === codeOf(taken)
          ? undefined
          : `free: ${free?.status}, taken: ${taken?.status} ${codeOf(taken)}`,
    },
  },
  {
    id: 'events-many',
    title: 'forty streams of one ticket',
    source: 'S21',
    alone: true,
    attack: async (world) => streams(world, 40),
    refusal: {
      status: [200],
      says: 'at most three streams stay open',
      together: ([answer]) =>
        Number(answer?.text) <= 3 ? undefined : `${answer?.text} streams of one ticket stay open`,
    },
  },
];

const rehearsal = (world: World) =>
  world.once('rehearsal', () =>
    makeRoom(world, 'rehearsal', { ...QUICK, rehearsal: true, challenge: 'pow' }),
  );
const powRoom = (world: World) =>
  world.once('pow room', () => makeRoom(world, 'pow', { ...QUICK, challenge: 'pow' }));
const emailRoom = (world: World) =>
  world.once('email room', () => makeRoom(world, 'email', { ...QUICK, one_place_per: 'email' }));

/** Opens streams of one ticket. @returns an answer whose text is the number of streams that stay open */
async function streams(world: World, count: number): Promise<Answer> {
  const id = await waitingRoom(world);
  const ticket = await joinRoom(world, id);
  const stay = await openStreams(
    world.target.origin,
    { path: `/v1/rooms/${id}/events`, headers: ticketHeaders(ticket) },
    count,
  );
  return {
    status: 200,
    headers: {},
    text: String(stay),
    ms: 0,
    sent: `${count} × GET /v1/rooms/${id}/events`,
  };
}

export const tickets = family(
  'tickets',
  'places that are forged, ended or another’s; claims out of turn; joins that a room must refuse',
  [...missing, ...FORGERIES.flatMap(forged), ...ENDINGS.flatMap(ended), ...OTHERS],
  ['admin-key'],
);
