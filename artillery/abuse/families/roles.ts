import type { Role } from '@shopfast/kit/admin/roles';
import { createdKey } from '@shopfast/kit/contracts/keys';
import { documentOf } from '../answer.ts';
import { family, type Row, refuse } from '../case.ts';
import type { DocumentedCall } from '../documents.ts';
import { keyOf, pathOf, SOME_ID } from '../operators.ts';
import type { World } from '../world.ts';

/**
 * The lowest role that each documented operators' call needs. A call that is missing here fails
 * `roles/every-call-named`.
 */
const NEEDED: Record<string, Role> = {
  'GET /v1/admin/me': 'viewer',
  'GET /v1/admin/stats': 'viewer',
  'GET /v1/admin/order-times': 'viewer',
  'GET /v1/admin/rooms': 'viewer',
  'POST /v1/admin/rooms': 'operator',
  'GET /v1/admin/rooms/{room}': 'viewer',
  'PATCH /v1/admin/rooms/{room}': 'operator',
  'DELETE /v1/admin/rooms/{room}': 'owner',
  'POST /v1/admin/rooms/{room}/open': 'operator',
  'POST /v1/admin/rooms/{room}/pause': 'operator',
  'POST /v1/admin/rooms/{room}/resume': 'operator',
  'POST /v1/admin/rooms/{room}/drain': 'operator',
  'POST /v1/admin/rooms/{room}/close': 'operator',
  'POST /v1/admin/rooms/{room}/reset': 'owner',
  'POST /v1/admin/rooms/{room}/admit': 'operator',
  'POST /v1/admin/rooms/{room}/revoke': 'operator',
  'PUT /v1/admin/rooms/{room}/remaining': 'operator',
  'DELETE /v1/admin/rooms/{room}/active/{jti}': 'operator',
  'GET /v1/admin/rooms/{room}/stats': 'viewer',
  'GET /v1/admin/rooms/{room}/stream': 'viewer',
  'GET /v1/admin/rooms/{room}/timeline': 'viewer',
  'POST /v1/admin/rooms/{room}/codes': 'operator',
  'DELETE /v1/admin/rooms/{room}/codes/{id}': 'operator',
  'GET /v1/admin/rooms/{room}/theme': 'viewer',
  'PUT /v1/admin/rooms/{room}/theme': 'operator',
  'DELETE /v1/admin/rooms/{room}/theme': 'operator',
  'POST /v1/admin/rooms/{room}/rehearse': 'operator',
  'DELETE /v1/admin/rooms/{room}/rehearse': 'operator',
  'GET /v1/admin/rooms/{room}/rehearsal-pass': 'operator',
  'GET /v1/admin/templates': 'viewer',
  'GET /v1/admin/templates/{name}': 'viewer',
  'PUT /v1/admin/templates/{name}': 'operator',
  'DELETE /v1/admin/templates/{name}': 'operator',
  'GET /v1/admin/webhooks': 'operator',
  'POST /v1/admin/webhooks': 'owner',
  'DELETE /v1/admin/webhooks/{id}': 'owner',
  'GET /v1/admin/webhooks/{id}/deliveries': 'operator',
  'POST /v1/admin/signing-keys/rotate': 'owner',
  'GET /v1/admin/keys': 'owner',
  'POST /v1/admin/keys': 'owner',
  'DELETE /v1/admin/keys/{id}': 'owner',
  'GET /v1/admin/audit': 'operator',
  'GET /v1/admin/dead-letters': 'viewer',
  'POST /v1/admin/dead-letters/{id}/resend': 'operator',
  'GET /v1/admin/jobs': 'viewer',
  'GET /v1/admin/jobs/board': 'viewer',
  'GET /v1/admin/products': 'viewer',
  'POST /v1/admin/products': 'operator',
  'GET /v1/admin/products/{id}': 'viewer',
  'PATCH /v1/admin/products/{id}': 'operator',
  'POST /v1/admin/products/{id}/stock': 'operator',
  'POST /v1/admin/orders/{id}/refund': 'operator',
};

const nameOf = ({ method, path }: DocumentedCall) => `${method} ${path}`;
const slugOf = ({ method, path }: DocumentedCall) =>
  `${method.toLowerCase()}${path.slice('/v1/admin'.length).replace(/[{}]/g, '').replaceAll('/', '-')}`;

/** A body that no call accepts: the role must be checked before the body (S29). */
const NONSENSE = { json: { nonsense: true } };

async function call(
  world: World,
  documented: DocumentedCall,
  key?: string,
  given: Record<string, string> = {},
) {
  const { method, path } = documented;
  return world.send({
    method,
    path: await pathOf(world, { path }, given),
    ...(key ? { headers: { authorization: `Bearer ${key}` } } : {}),
    ...(method === 'GET' ? {} : NONSENSE),
  });
}

const nobody = (documented: DocumentedCall): Row => ({
  id: `nobody-${slugOf(documented)}`,
  title: `${nameOf(documented)} without a key`,
  source: 'OWASP API5:2023',
  reduced: nameOf(documented) === 'GET /v1/admin/keys',
  attack: (world) => call(world, documented),
  refusal: refuse(401, 'key_missing'),
});

const tooLow =
  (role: Role) =>
  (documented: DocumentedCall): Row => ({
    id: `${role}-${slugOf(documented)}`,
    title: `${nameOf(documented)} by a ${role}, with a body that no role may send`,
    source: documented.method === 'GET' ? 'OWASP API5:2023' : 'S29',
    reduced: role === 'viewer' && nameOf(documented) === 'GET /v1/admin/keys',
    attack: async (world) => call(world, documented, await keyOf(world, role)),
    refusal: refuse(403, 'role_forbidden'),
  });

/** An invalid key, on one call. */
type BadKey = {
  id: string;
  title: string;
  send: (key: string, world: World) => { path?: string; headers?: Record<string, string | string[]> };
};
const BAD_KEYS: readonly BadKey[] = [
  {
    id: 'garbage',
    title: 'a word instead of a key',
    send: () => ({ headers: { authorization: 'Bearer nonsense' } }),
  },
  {
    id: 'made-up',
    title: 'a made-up key',
    send: () => ({ headers: { authorization: `Bearer adm_${'A'.repeat(64)}` } }),
  },
  {
    id: 'cut',
    title: 'a key without its last character',
    send: (key) => ({ headers: { authorization: `Bearer ${key.slice(0, -1)}` } }),
  },
  {
    id: 'more',
    title: 'a key with an extra character',
    send: (key) => ({ headers: { authorization: `Bearer ${key}A` } }),
  },
  {
    id: 'case',
    title: 'a key in capitals',
    send: (key) => ({ headers: { authorization: `Bearer ADM_${key.slice(4)}` } }),
  },
  {
    id: 'prefix',
    title: 'the prefix that the list of keys shows',
    send: (key) => ({ headers: { authorization: `Bearer ${key.slice(0, 10)}` } }),
  },
  {
    id: 'query',
    title: 'a key in the address',
    send: (key) => ({ path: `/v1/admin/rooms?key=${key}&access_token=${key}` }),
  },
  {
    id: 'cookie',
    title: 'a key in a cookie',
    send: (key) => ({ headers: { cookie: `adminKey=${key}; admin_key=${key}` } }),
  },
  {
    id: 'own-header',
    title: 'a key in a header of another name',
    send: (key) => ({ headers: { 'x-api-key': key, 'x-admin-key': key } }),
  },
  {
    id: 'basic',
    title: 'a key as a Basic password where no browser looks',
    send: (key) => ({
      headers: { authorization: `Basic ${Buffer.from(`admin:${key}`).toString('base64')}` },
    }),
  },
  {
    id: 'two',
    title: 'two keys in one header',
    send: (key) => ({ headers: { authorization: `Bearer ${key}, Bearer ${key}` } }),
  },
  {
    id: 'list',
    title: 'a key in a list',
    send: (key) => ({ headers: { authorization: `Bearer ["${key}"]` } }),
  },
  {
    id: 'long',
    title: 'a key of 8,000 characters',
    send: (key) => ({ headers: { authorization: `Bearer ${key}${'A'.repeat(8_000)}` } }),
  },
  {
    id: 'wildcard',
    title: 'a key with a wildcard',
    send: () => ({ headers: { authorization: 'Bearer adm_%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%' } }),
  },
];

const badKey = ({ id, title, send }: BadKey): Row => ({
  id: `key-${id}`,
  title: `an operators’ call with ${title}`,
  source: 'OWASP API2:2023',
  attack: (world) => world.send({ path: '/v1/admin/rooms', ...send(world.adminKey, world) }),
  refusal: refuse(401, ['key_missing', 'key_invalid']),
});

const json = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });

const OTHERS: readonly Row[] = [
  {
    id: 'key-revoked',
    title: 'a key five seconds after it was revoked',
    source: 'design 5.1',
    attack: async (world) => {
      const made = await world.operate('POST', '/keys', {
        name: `abuse ${world.run} revoked`,
        role: 'owner',
      });
      const { id, key } = createdKey.parse(made);
      await world.prepare({ path: '/v1/admin/me', ...json(key) });
      await world.operate('DELETE', `/keys/${id}`);
      const end = performance.now() + 6_500;
      let last = await world.send({ path: '/v1/admin/me', ...json(key) });
      while (last.status === 200 && performance.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, 250));
        last = await world.send({ path: '/v1/admin/me', ...json(key) });
      }
      return last;
    },
    refusal: refuse(401, 'key_invalid'),
  },
  {
    id: 'key-shown-again',
    title: 'the list of keys shows their secrets',
    source: 'OWASP API3:2023',
    attack: async (world) => {
      const viewer = await keyOf(world, 'viewer');
      const answer = await world.send({ path: '/v1/admin/keys', ...json(world.adminKey) });
      return {
        ...answer,
        status: answer.text.includes(viewer) || /"hash"/.test(answer.text) ? 299 : answer.status,
      };
    },
    refusal: refuse(200, undefined, { says: 'neither key nor hash' }),
  },
  {
    id: 'step-reset-by-operator',
    title: 'a reset by an operator',
    source: 'OWASP API5:2023',
    attack: async (world) =>
      world.send({
        method: 'POST',
        path: await pathOf(world, { path: '/v1/admin/rooms/{room}/{step}' }, { step: 'reset' }),
        ...json(await keyOf(world, 'operator')),
      }),
    refusal: refuse(403, 'role_forbidden'),
  },
  {
    id: 'role-owner-by-operator',
    title: 'an operator creates a key of an owner',
    source: 'OWASP API5:2023',
    attack: async (world) =>
      world.send({
        method: 'POST',
        path: '/v1/admin/keys',
        json: { name: 'abuse', role: 'owner' },
        ...json(await keyOf(world, 'operator')),
      }),
    refusal: refuse(403, 'role_forbidden'),
  },
  {
    id: 'role-unknown',
    title: 'a key with an unknown role',
    source: 'OWASP API3:2023',
    attack: (world) =>
      world.send({
        method: 'POST',
        path: '/v1/admin/keys',
        json: { name: 'abuse', role: 'root' },
        ...json(world.adminKey),
      }),
    refusal: refuse(422, 'invalid_request'),
  },
  {
    id: 'role-prototype',
    title: 'a key of the role constructor',
    source: 'S28',
    attack: (world) =>
      world.send({
        method: 'POST',
        path: '/v1/admin/keys',
        json: { name: 'abuse', role: 'constructor' },
        ...json(world.adminKey),
      }),
    refusal: refuse(422, 'invalid_request'),
  },
  {
    id: 'force-by-operator',
    title: 'an operator deletes a room with force',
    source: 'OWASP API5:2023',
    attack: async (world) =>
      world.send({
        method: 'DELETE',
        path: `${await pathOf(world, { path: '/v1/admin/rooms/{room}' })}?force=true`,
        ...json(await keyOf(world, 'operator')),
      }),
    refusal: refuse(403, 'role_forbidden'),
  },
  {
    id: 'path-case',
    title: 'an operators’ call in capitals, without a key',
    source: 'OWASP API5:2023',
    attack: (world) => world.send({ path: '/V1/ADMIN/rooms' }),
    refusal: refuse([400, 401, 404]),
  },
  {
    id: 'path-slashes',
    title: 'an operators’ call with doubled slashes, without a key',
    source: 'OWASP API5:2023',
    attack: (world) => world.send({ path: '//v1//admin//rooms' }),
    refusal: refuse([400, 401, 404]),
  },
  {
    id: 'path-encoded',
    title: 'an operators’ call with an encoded letter, without a key',
    source: 'OWASP API5:2023',
    attack: (world) => world.send({ path: '/v1/%61dmin/keys' }),
    refusal: refuse([400, 401, 404]),
  },
  {
    id: 'path-parameter',
    title: 'an operators’ call with a path parameter, without a key',
    source: 'OWASP API5:2023',
    attack: (world) => world.send({ path: '/v1/admin;x=1/keys' }),
    refusal: refuse([400, 401, 404]),
  },
  {
    id: 'path-trailing',
    title: 'an operators’ call with a trailing slash, without a key',
    source: 'OWASP API5:2023',
    attack: (world) => world.send({ path: '/v1/admin/keys/' }),
    refusal: refuse([400, 401, 404]),
  },
  {
    id: 'path-products-encoded',
    title: 'an operators’ call of the checkout with an encoded letter, without a key',
    source: 'OWASP API5:2023',
    attack: (world) => world.send({ path: '/v1/%61dmin/products' }),
    refusal: refuse([400, 401, 404]),
  },
  {
    id: 'path-jobs-encoded',
    title: 'an operators’ call of the workers with an encoded letter, without a key',
    source: 'OWASP API5:2023',
    attack: (world) => world.send({ path: '/v1/admin/%6aobs' }),
    refusal: refuse([400, 401, 404]),
  },
  {
    id: 'method-override',
    title: 'a viewer’s GET that says it is a DELETE',
    source: 'OWASP API5:2023',
    attack: async (world) => {
      const path = await pathOf(world, { path: '/v1/admin/rooms/{room}' });
      const headers = {
        authorization: `Bearer ${await keyOf(world, 'viewer')}`,
        'x-http-method-override': 'DELETE',
        'x-method-override': 'DELETE',
      };
      await world.send({ path, headers });
      return world.send({ path, headers });
    },
    refusal: refuse(200, undefined, { says: 'the room is still there' }),
  },
  {
    id: 'board-cross-site',
    title: 'another site’s page changes jobs with the browser’s Basic key',
    source: 'OWASP CSRF',
    attack: (world) =>
      world.send({
        method: 'POST',
        path: '/v1/admin/jobs/board/api/queues/email/pause',
        headers: {
          authorization: `Basic ${Buffer.from(`a:${world.adminKey}`).toString('base64')}`,
          origin: 'https://evil.example',
          'sec-fetch-site': 'cross-site',
        },
      }),
    refusal: refuse(403, 'origin_forbidden'),
  },
  {
    id: 'board-old-browser',
    title: 'a browser that does not say where its page is from changes jobs',
    source: 'OWASP CSRF',
    attack: (world) =>
      world.send({
        method: 'PUT',
        path: '/v1/admin/jobs/board/api/queues/email/pause',
        headers: { authorization: `Basic ${Buffer.from(`a:${world.adminKey}`).toString('base64')}` },
      }),
    refusal: refuse(403, 'origin_forbidden'),
  },
  {
    id: 'board-by-viewer',
    title: 'a viewer pauses a queue on the page of jobs',
    source: 'OWASP API5:2023',
    attack: async (world) =>
      world.send({
        method: 'PUT',
        path: '/v1/admin/jobs/board/api/queues/email/pause',
        headers: { authorization: `Bearer ${await keyOf(world, 'viewer')}` },
      }),
    refusal: refuse(403, 'role_forbidden'),
  },
  {
    id: 'board-nobody',
    title: 'the page of jobs without a key',
    source: 'OWASP API5:2023',
    attack: (world) => world.send({ path: '/v1/admin/jobs/board/' }),
    refusal: refuse([401, 404]),
  },
  {
    id: 'idempotency-of-other-key',
    title: 'the Idempotency-Key of another operator reveals the secret of the created key',
    source: 'OWASP API1:2023',
    attack: async (world) => {
      const key = `abuse-${world.run}-${world.next()}`;
      const body = { name: `abuse ${world.run} idempotent`, role: 'viewer' };
      const made = await world.prepare({
        method: 'POST',
        path: '/v1/admin/keys',
        json: body,
        headers: { authorization: `Bearer ${world.adminKey}`, 'idempotency-key': key },
      });
      const { key: secret } = documentOf(createdKey, made);
      const answer = await world.send({
        method: 'POST',
        path: '/v1/admin/keys',
        json: body,
        headers: { authorization: `Bearer ${await keyOf(world, 'operator')}`, 'idempotency-key': key },
      });
      return { ...answer, status: answer.text.includes(secret) ? 299 : answer.status };
    },
    refusal: refuse([403, 409, 422]),
  },
  {
    id: 'unknown-id',
    title: 'an operators’ call about a key that does not exist',
    source: 'API',
    attack: (world) =>
      world.send({ method: 'DELETE', path: `/v1/admin/keys/${SOME_ID}`, ...json(world.adminKey) }),
    refusal: refuse(404, 'key_unknown'),
  },
];

/** @param calls every documented call */
export function roles(calls: readonly DocumentedCall[]) {
  const admin = calls.filter(({ path }) => path.startsWith('/v1/admin/'));
  const unnamed = admin.filter((one) => !(nameOf(one) in NEEDED)).map(nameOf);
  const needs = (role: Role) => (one: DocumentedCall) => NEEDED[nameOf(one)] === role;
  const everyCallNamed: Row = {
    id: 'every-call-named',
    title: 'an operators’ call that is documented, but has no role in this suite',
    source: 'OWASP API5:2023',
    attack: async (world) => world.send({ path: '/openapi.json' }),
    refusal: {
      status: [200],
      says: 'every call has its role in the suite',
      together: () => (unnamed.length === 0 ? undefined : `no role is stated for ${unnamed.join(', ')}`),
    },
  };
  return family(
    'roles',
    'every documented call of operators by somebody who may not make it; keys that are none; other ways in',
    [
      everyCallNamed,
      ...admin.map(nobody),
      ...admin.filter((one) => !needs('viewer')(one)).map(tooLow('viewer')),
      ...admin.filter(needs('owner')).map(tooLow('operator')),
      ...BAD_KEYS.map(badKey),
      ...OTHERS,
    ],
    ['admin-key'],
  );
}
