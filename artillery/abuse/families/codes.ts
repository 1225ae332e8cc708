import { present } from '@shopfast/kit/narrow';
import { type Answer, codeOf, jsonOf } from '../answer.ts';
import { family, type Refusal, type Row, refuse } from '../case.ts';
import {
  type CodeRequest,
  inviteRoom,
  issueCode,
  issueCodes,
  makeCode,
  ownInviteRoom,
  withCodeField,
  withdraw,
} from '../codes.ts';
import type { Need } from '../needs.ts';
import { keyOf } from '../operators.ts';
import { join, joinRoom, lobbyRoom, makeRoom, QUICK } from '../rooms.ts';
import { until, type World } from '../world.ts';

const INVALID = refuse([403, 422], ['code_invalid', 'invalid_request']);

/** Invalid codes for a join in an invite-only room. */
type Forgery = {
  id: string;
  title: string;
  source: string;
  forge: (code: string, world: World) => unknown;
  needs?: readonly Need[];
};

const ADR = 'ADR 0009';
const FORGERIES: readonly Forgery[] = [
  { id: 'garbage', title: 'a word instead of a code', source: ADR, forge: () => 'nonsense' },
  { id: 'empty', title: 'an empty code', source: ADR, forge: () => '' },
  {
    id: 'unsigned',
    title: 'a code without its signature',
    source: ADR,
    forge: (code) => code.slice(0, code.lastIndexOf('.')),
  },
  {
    id: 'mac-zero',
    title: 'a made-up signature',
    source: ADR,
    forge: withCodeField('mac', () => 'A'.repeat(22)),
  },
  {
    id: 'mac-short',
    title: 'a signature without its last character',
    source: ADR,
    forge: withCodeField('mac', (mac) => mac.slice(0, -1)),
  },
  {
    id: 'mac-dangling',
    title: 'other dangling bits in the signature',
    source: 'S27',
    forge: withCodeField('mac', (mac) => {
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      const at = alphabet.indexOf(mac.slice(-1));
      return mac.slice(0, -1) + alphabet[at ^ 1];
    }),
  },
  {
    id: 'kind',
    title: 'an invite code that says it is a priority code',
    source: ADR,
    forge: (code) => code.replace(/^inv_/, 'pri_'),
  },
  { id: 'uses', title: 'more uses', source: ADR, forge: withCodeField('uses', () => 'zzzz') },
  { id: 'end', title: 'a later end', source: ADR, forge: withCodeField('end', () => 'zzzzzz') },
  {
    id: 'id',
    title: 'another id, so that it counts anew',
    source: ADR,
    forge: withCodeField('id', () => 'AAAAAAAAAAAA'),
  },
  { id: 'room', title: 'another room', source: ADR, forge: (code) => code.replace(/_[^.]+/, '_elsewhere') },
  { id: 'case', title: 'the code in capitals', source: 'S27', forge: (code) => code.toUpperCase() },
  { id: 'space-within', title: 'a space within', source: 'S27', forge: (code) => code.replace('.', ' .') },
  { id: 'nul', title: 'NUL after the code', source: 'S7', forge: (code) => `${code}\u0000` },
  { id: 'list', title: 'a list with the code', source: 'OWASP API3:2023', forge: (code) => [code] },
  {
    id: 'object',
    title: 'an object instead of a code',
    source: 'OWASP API3:2023',
    forge: () => ({ $ne: null }),
  },
  { id: 'true', title: 'true instead of a code', source: 'OWASP API3:2023', forge: () => true },
  {
    id: 'long',
    title: 'a code of 100,000 characters',
    source: 'OWASP API4:2023',
    forge: (code) => code + 'A'.repeat(2_000),
  },
  { id: 'two', title: 'two codes in one', source: ADR, forge: (code) => `${code},${code}` },
  {
    id: 'of-other-room',
    title: 'a good code of another room',
    source: 'OWASP API1:2023',
    forge: async (_, world) => makeCode(world, await ownInviteRoom(world)),
  },
  {
    id: 'ticket',
    title: 'a ticket instead of a code',
    source: 'RFC 8725 3.11',
    forge: async (_, world) => joinRoom(world, await makeRoom(world, `c-${world.next()}`)),
  },
  {
    id: 'key',
    title: 'an admin key instead of a code',
    source: 'OWASP API2:2023',
    forge: (_, world) => world.adminKey,
  },
];

const forged = ({ forge, id, title, ...row }: Forgery): Row => ({
  ...row,
  id: `join-${id}`,
  title: `a join with ${title}`,
  reduced: id === 'mac-zero',
  attack: async (world) => {
    const room = await inviteRoom(world);
    return join(world, room, { code: await forge(await makeCode(world, room), world) });
  },
  refusal: INVALID,
});

/** Requests of an operator that must not create a code. */
const INVALID_REQUESTS: readonly {
  id: string;
  title: string;
  request: Record<string, unknown> | CodeRequest;
}[] = [
  { id: 'count-zero', title: 'no codes', request: { count: 0 } },
  { id: 'count-many', title: '1,001 codes at once', request: { count: 1_001 } },
  { id: 'count-part', title: 'one and a half codes', request: { count: 1.5 } },
  { id: 'uses-zero', title: 'a code without a use', request: { uses: 0 } },
  { id: 'uses-negative', title: 'a code with minus one use', request: { uses: -1 } },
  { id: 'uses-huge', title: 'a code with 10¹⁵ uses', request: { uses: 1e15 } },
  { id: 'expired', title: 'a code that has ended', request: { expires_at: '2020-01-01T00:00:00Z' } },
  { id: 'year', title: 'an end in the year 275761', request: { expires_at: '+275761-01-01T00:00:00Z' } },
  { id: 'kind', title: 'an unknown kind', request: { kind: 'owner' } },
  { id: 'unknown-member', title: 'an unknown member', request: { room: 'launch' } },
  { id: 'label-nul', title: 'NUL in the label', request: { label: 'a\u0000b' } },
  { id: 'label-surrogate', title: 'a lone surrogate in the label', request: { label: 'a\ud83d' } },
];

const refusedRequest = ({ id, title, request }: (typeof INVALID_REQUESTS)[number]): Row => ({
  id: `make-${id}`,
  title: `an operator creates ${title}`,
  source: id.startsWith('label') ? 'S7' : 'OWASP API3:2023',
  attack: async (world) => {
    const room = await inviteRoom(world);
    const headers = { authorization: `Bearer ${world.adminKey}` };
    return world.send({
      method: 'POST',
      path: `/v1/admin/rooms/${room}/codes`,
      headers,
      json: { kind: 'invite', ...request },
    });
  },
  refusal: refuse(422, 'invalid_request'),
});

const places = (answers: readonly Answer[]) => answers.filter(({ status }) => status === 201).length;

const GONE = refuse(403, 'code_invalid');

const NO_PLACE: Refusal = {
  status: [200],
  says: 'no ticket',
  together: ([answer]) =>
    answer?.headers['set-cookie']?.includes('__Host-ticket_') ? 'a place without a code' : undefined,
};

const plainJoin = (world: World, room: string, body: string) =>
  world.send({
    method: 'POST',
    path: `/w/${room}?plain`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: world.target.shop,
      'sec-fetch-site': 'same-origin',
    },
    body,
  });

const OTHERS: readonly Row[] = [
  {
    id: 'join-nothing',
    title: 'a join without the code that the room asks for',
    source: ADR,
    reduced: true,
    attack: async (world) => join(world, await inviteRoom(world)),
    refusal: refuse(403, 'invite_required'),
  },
  {
    id: 'join-null',
    title: 'a join with null instead of the code',
    source: ADR,
    attack: async (world) => join(world, await inviteRoom(world), { code: null }),
    refusal: refuse([403, 422], ['invite_required', 'invalid_request']),
  },
  {
    id: 'join-in-query',
    title: 'a join with the code in the address alone',
    source: 'RFC 6750 2.3',
    attack: async (world) => {
      const room = await inviteRoom(world);
      const code = await makeCode(world, room);
      return world.send({ method: 'POST', path: `/v1/rooms/${room}/tickets?code=${code}`, json: {} });
    },
    refusal: refuse(403, 'invite_required'),
  },
  {
    id: 'form-nothing',
    title: 'the form of the page without scripts, without a code',
    source: ADR,
    attack: async (world) => plainJoin(world, await inviteRoom(world), 'do=join'),
    refusal: NO_PLACE,
  },
  {
    id: 'used-up',
    title: 'a second join with a code for one place',
    source: ADR,
    reduced: true,
    attack: async (world) => {
      const room = await inviteRoom(world);
      const code = await makeCode(world, room);
      await joinRoom(world, room, { code });
      return join(world, room, { code });
    },
    refusal: refuse(403, 'code_invalid'),
  },
  {
    id: 'race',
    title: 'thirty joins at once with a code for one place',
    source: ADR,
    attack: async (world) => {
      const room = await inviteRoom(world);
      const code = await makeCode(world, room);
      return Promise.all(Array.from({ length: 30 }, () => join(world, room, { code })));
    },
    refusal: {
      status: [403],
      says: 'one place',
      together: (answers) => (places(answers) === 1 ? undefined : `${places(answers)} places`),
    },
  },
  {
    id: 'race-three',
    title: 'thirty joins at once with a code for three places',
    source: ADR,
    attack: async (world) => {
      const room = await inviteRoom(world);
      const code = await makeCode(world, room, { uses: 3 });
      return Promise.all(Array.from({ length: 30 }, () => join(world, room, { code })));
    },
    refusal: {
      status: [403],
      says: 'three places',
      together: (answers) => (places(answers) === 3 ? undefined : `${places(answers)} places`),
    },
  },
  {
    id: 'expired',
    title: 'a join with a code whose time is over',
    source: ADR,
    attack: async (world) => {
      const room = await inviteRoom(world);
      const end = Date.now() + 2_500;
      const code = await makeCode(world, room, { expires_at: new Date(end).toISOString() });
      await until('the code ends', async () => (Date.now() > end + 1_200 ? true : undefined));
      return join(world, room, { code });
    },
    refusal: refuse(403, 'code_invalid'),
  },
  {
    id: 'after-reset',
    title: 'a code from before the room’s reset',
    source: 'S1',
    attack: async (world) => {
      const room = await ownInviteRoom(world);
      const code = await makeCode(world, room);
      for (const step of ['close', 'reset', 'open']) await world.operate('POST', `/rooms/${room}/${step}`);
      return join(world, room, { code });
    },
    refusal: refuse(403, 'code_invalid'),
  },
  {
    id: 'after-reset-used-up',
    title: 'a used-up code from before the room’s reset',
    source: 'S1',
    attack: async (world) => {
      const room = await ownInviteRoom(world);
      const code = await makeCode(world, room);
      await joinRoom(world, room, { code });
      for (const step of ['close', 'reset', 'open']) await world.operate('POST', `/rooms/${room}/${step}`);
      return join(world, room, { code });
    },
    refusal: refuse(403, 'code_invalid'),
  },
  {
    id: 'room-made-again',
    title: 'a code of a deleted room whose name is used again',
    source: 'S1',
    attack: async (world) => {
      const room = await ownInviteRoom(world);
      const code = await makeCode(world, room);
      await world.operate('DELETE', `/rooms/${room}?force=true`);
      await world.operate('POST', '/rooms', { id: room, name: 'Made again', ...QUICK, invite_only: true });
      await world.operate('POST', `/rooms/${room}/open`);
      return join(world, room, { code });
    },
    refusal: refuse(403, 'code_invalid'),
  },
  {
    id: 'priority-after-lobby',
    title: 'priority codes made after the lobby of a lottery opened',
    source: 'S32',
    attack: async (world) => {
      const room = await lobbyRoom(world);
      const headers = { authorization: `Bearer ${world.adminKey}` };
      return world.send({
        method: 'POST',
        path: `/v1/admin/rooms/${room}/codes`,
        headers,
        json: { kind: 'priority' },
      });
    },
    refusal: refuse([409, 422], ['state_conflict', 'invalid_request']),
  },
  {
    id: 'priority-in-public',
    title: 'a share for priority codes that is not public',
    source: 'S32',
    attack: async (world) => {
      const room = await makeRoom(world, `prio-${world.next()}`, {
        priority_share: 0.5,
        max_active: 100_000,
      });
      const code = await makeCode(world, room, { kind: 'priority' });
      await joinRoom(world, room, { code });
      return world.send({ path: `/v1/rooms/${room}/status` });
    },
    refusal: {
      status: [200],
      says: 'the share and the number of priority calls',
      together: ([answer]) =>
        /priority/.test(JSON.stringify(jsonOf(answer)))
          ? undefined
          : `the public status is silent: ${answer?.text}`,
    },
  },
  {
    id: 'codes-listed',
    title: 'codes can be read again by an operator',
    source: 'API',
    attack: async (world) => {
      const room = await inviteRoom(world);
      const code = await makeCode(world, room);
      const headers = { authorization: `Bearer ${world.adminKey}` };
      const answers = [
        await world.send({ path: `/v1/admin/rooms/${room}`, headers }),
        await world.send({ path: `/v1/admin/audit?limit=50`, headers }),
      ];
      return answers.map((answer) => ({
        ...answer,
        status: answer.text.includes(code) ? 299 : answer.status,
      }));
    },
    refusal: {
      status: [200],
      says: 'shown once',
      together: (answers) =>
        answers.some(({ status }) => status === 299)
          ? 'a code stands in the room or in the audit log'
          : undefined,
    },
  },
];

/** Codes that an operator withdrew by their id. */
const WITHDRAWN: readonly Row[] = (
  [
    {
      id: 'withdrawn',
      title: 'a code that an operator withdrew by its id',
      reduced: true,
      attack: async (world) => {
        const room = await inviteRoom(world);
        const { code, id } = await issueCode(world, room, { uses: 5 });
        await withdraw(world, room, id);
        return join(world, room, { code });
      },
      refusal: GONE,
    },
    {
      id: 'withdrawn-after-use',
      title: 'a withdrawn code that was used before',
      attack: async (world) => {
        const room = await inviteRoom(world);
        const { code, id } = await issueCode(world, room, { uses: 5 });
        await joinRoom(world, room, { code });
        await withdraw(world, room, id);
        return join(world, room, { code });
      },
      refusal: GONE,
    },
    {
      id: 'withdrawn-priority',
      title: 'a withdrawn priority code',
      attack: async (world) => {
        const room = await makeRoom(world, `prio-${world.next()}`, {
          priority_share: 0.5,
          max_active: 100_000,
        });
        const { code, id } = await issueCode(world, room, { kind: 'priority', uses: 5 });
        await withdraw(world, room, id);
        return join(world, room, { code });
      },
      refusal: GONE,
    },
    {
      id: 'withdrawn-plain',
      title: 'a withdrawn code in the form of the page without scripts',
      attack: async (world) => {
        const room = await inviteRoom(world);
        const { code, id } = await issueCode(world, room);
        await withdraw(world, room, id);
        return plainJoin(world, room, `do=join&code=${encodeURIComponent(code)}`);
      },
      refusal: NO_PLACE,
    },
    {
      id: 'withdrawn-twice',
      title: 'a code that was withdrawn twice',
      attack: async (world) => {
        const room = await inviteRoom(world);
        const { code, id } = await issueCode(world, room, { uses: 5 });
        await withdraw(world, room, id);
        await withdraw(world, room, id);
        return join(world, room, { code });
      },
      refusal: GONE,
    },
    {
      id: 'withdrawn-room-changed',
      title: 'a withdrawn code after the room’s settings changed and it was paused and resumed',
      attack: async (world) => {
        const room = await ownInviteRoom(world);
        const { code, id } = await issueCode(world, room, { uses: 5 });
        await withdraw(world, room, id);
        await world.operate('PATCH', `/rooms/${room}`, { name: 'Abuse suite: changed' });
        for (const step of ['pause', 'resume']) await world.operate('POST', `/rooms/${room}/${step}`);
        return join(world, room, { code });
      },
      refusal: GONE,
    },
    {
      id: 'withdrawn-then-more',
      title: 'a withdrawn code after new ones were made',
      attack: async (world) => {
        const room = await inviteRoom(world);
        const { code, id } = await issueCode(world, room, { uses: 5 });
        await withdraw(world, room, id);
        await joinRoom(world, room, { code: await makeCode(world, room) });
        return join(world, room, { code });
      },
      refusal: GONE,
    },
    {
      id: 'withdrawn-race',
      title: 'twenty joins while a code is withdrawn, and ten after it',
      attack: async (world) => {
        const room = await inviteRoom(world);
        const { code, id } = await issueCode(world, room, { uses: 1_000 });
        const early = Array.from({ length: 20 }, () => join(world, room, { code }));
        await withdraw(world, room, id);
        await Promise.all(early);
        return Promise.all(Array.from({ length: 10 }, () => join(world, room, { code })));
      },
      refusal: {
        status: [403],
        says: 'no place after the withdrawal',
        together: (answers) =>
          answers.every((answer) => codeOf(answer) === 'code_invalid')
            ? undefined
            : `${places(answers)} places after the withdrawal`,
      },
    },
    {
      id: 'withdrawn-one-of-two',
      title: 'one of two codes is withdrawn: it opens nothing, the other still does',
      attack: async (world) => {
        const room = await inviteRoom(world);
        const [gone, good] = await issueCodes(world, room, { count: 2 });
        await withdraw(world, room, present(gone).id);
        return [await join(world, room, { code: gone?.code }), await join(world, room, { code: good?.code })];
      },
      refusal: {
        status: [403, 201],
        says: '403 and 201',
        together: (answers) => {
          const got = answers.map(({ status }) => status).join(', ');
          return got === '403, 201' ? undefined : `answered ${got}`;
        },
      },
    },
    {
      id: 'withdraw-in-other-room',
      title: 'a code is withdrawn in another room: it still opens its own',
      attack: async (world) => {
        const room = await inviteRoom(world);
        const { code, id } = await issueCode(world, room);
        await withdraw(world, await ownInviteRoom(world), id);
        return join(world, room, { code });
      },
      refusal: refuse(201),
    },
    {
      id: 'withdraw-as-viewer',
      title: 'a viewer withdraws a code',
      attack: async (world) => {
        const room = await inviteRoom(world);
        const { id } = await issueCode(world, room);
        return withdrawWith(world, room, id, await keyOf(world, 'viewer'));
      },
      refusal: refuse(403, 'role_forbidden'),
    },
    {
      id: 'withdraw-without-key',
      title: 'a code is withdrawn with the code itself in place of a key',
      attack: async (world) => {
        const room = await inviteRoom(world);
        const { code, id } = await issueCode(world, room);
        return withdrawWith(world, room, id, code);
      },
      refusal: refuse(401, 'key_invalid'),
    },
    {
      id: 'withdraw-by-code',
      title: 'a code is withdrawn by its text in place of its id',
      attack: async (world) => {
        const room = await inviteRoom(world);
        return withdrawWith(world, room, await makeCode(world, room), world.adminKey);
      },
      refusal: refuse(422, 'invalid_request'),
    },
    {
      id: 'withdraw-room-unknown',
      title: 'a code of a room that there is not is withdrawn',
      attack: async (world) => {
        const { id } = await issueCode(world, await inviteRoom(world));
        return withdrawWith(world, `abuse-${world.run}-none`, id, world.adminKey);
      },
      refusal: refuse(404, 'room_unknown'),
    },
  ] satisfies Omit<Row, 'source'>[]
).map((row) => ({ ...row, source: 'S34' }));

const withdrawWith = (world: World, room: string, id: string, key: string) =>
  world.send({
    method: 'DELETE',
    path: `/v1/admin/rooms/${room}/codes/${id}`,
    headers: { authorization: `Bearer ${key}` },
  });

export const codes = family(
  'codes',
  'invite and priority codes that are forged, used up, over, withdrawn or of before; codes that no operator may make',
  [...FORGERIES.map(forged), ...INVALID_REQUESTS.map(refusedRequest), ...OTHERS, ...WITHDRAWN],
  ['admin-key'],
);
