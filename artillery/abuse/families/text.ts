import { z } from 'zod';
import { type Answer, firstWrong, jsonOf } from '../answer.ts';
import { family, type Refusal, type Row } from '../case.ts';
import type { DocumentedCall } from '../documents.ts';
import {
  bodyWith,
  type Field,
  fieldsOf,
  HOSTILE_PARTS,
  HOSTILE_QUERIES,
  hostileValues,
  toJson,
} from '../hostile.ts';
import type { Need } from '../needs.ts';
import { pathOf, someOrder } from '../operators.ts';
import { reserve } from '../reservations.ts';
import { joinRoom, quickShop } from '../rooms.ts';
import { newEmail, openAccount, PASSWORD } from '../shoppers.ts';
import type { World } from '../world.ts';

/** Freed already or never known: `204` by contract, for every id that is well formed (G12). Others are refused. */
const FREES_ANY = { call: 'DELETE /v1/admin/rooms/{room}/active/{jti}', id: /^[\w.:-]{1,100}$/ };

const problem = z.object({ errors: z.array(z.object({ field: z.string() })) });

const nameOf = ({ method, path }: DocumentedCall) => `${method} ${path}`;
const slugOf = ({ method, path }: DocumentedCall) =>
  `${method.toLowerCase()}${path.replace(/^\/v1/, '').replace(/[{}.]/g, '').replaceAll('/', '-')}`;

const opens = ({ operation }: DocumentedCall, scheme: string) =>
  operation.security?.some((one) => scheme in one) ?? false;

/** Valid credentials for a call, so that only the hostile value can be the reason of a refusal. */
async function credentials(world: World, call: DocumentedCall): Promise<Record<string, string>> {
  const { path } = call;
  const origin = world.target.shop;
  if (opens(call, 'adminKey')) return { authorization: `Bearer ${world.adminKey}` };
  if (opens(call, 'orderToken')) return { authorization: `Bearer ${(await someOrder(world)).token}` };
  if (opens(call, 'reservationToken')) {
    const { token, binding } = await reserve(world, (await quickShop(world)).room);
    return { authorization: `Bearer ${token}`, 'x-binding': binding };
  }
  if (opens(call, 'session')) {
    const { cookie } = await world.once('account of text', () => openAccount(world));
    return { cookie, origin };
  }
  if (/\/tickets\/me|\/events$/.test(path)) {
    const { room } = await quickShop(world);
    const ticket = await world.once('ticket of text', () => joinRoom(world, room));
    return { authorization: `Bearer ${ticket}` };
  }
  return { origin };
}

const needs = (call: DocumentedCall): Need[] =>
  opens(call, 'session') && !opens(call, 'orderToken') ? ['inbox', 'admin-key'] : ['admin-key'];

async function samples(world: World) {
  const { product, room } = await quickShop(world);
  return {
    ...{
      email: newEmail(world),
      name: 'Abuse suite',
      password: PASSWORD,
      token: 'acc_sample',
      product_id: product,
    },
    ...{
      payment_method: 'pm_card_visa',
      quantity: 1,
      url: 'https://hooks.example.com/',
      room,
      currency: 'EUR',
    },
    ...{
      id: `abuse-${world.run}-t${world.next()}`,
      price: 100,
      remaining: 1_000_000,
      held: 0,
      sold: 0,
      country: 'US',
    },
    ...{
      current_password: PASSWORD,
      new_password: 'another long password',
      reason: 'abuse suite',
      line1: '1 Street',
    },
    ...{ postal_code: '12345', city: 'City', items: undefined },
  };
}

type Sent = { value: unknown; refused: boolean };

/** A refusal must name the field, or be unrelated to the body. */
function wrongWith(answer: Answer, { value, refused }: Sent, field?: string): string | undefined {
  const shown = JSON.stringify(value)?.slice(0, 60);
  const { status } = answer;
  if (status === 0) return `${shown}: the connection was closed`;
  if (refused && (status < 400 || status >= 500)) return `${shown} was taken: ${status}`;
  if (status !== 422 || field === undefined) return undefined;
  const named = (problem.safeParse(jsonOf(answer)).data?.errors ?? []).map((one) => one.field);
  const isNamed = named.some((name) => name.startsWith(field) || name === '(body)');
  return isNamed
    ? undefined
    : `${shown} was refused for ${named.join(', ') || 'nothing'} instead of ${field}`;
}

const judged = (answer: Answer, sent: Sent, field?: string): Answer => ({
  ...answer,
  wrong: wrongWith(answer, sent, field),
});

/** The statuses only matter for 5xx; each answer says what is wrong with it. */
const refusal = (field?: string): Refusal => ({
  status: [400, 401, 403, 404, 409, 413, 422],
  says: field ? `each refused, naming ${field}` : 'each refused',
  together: firstWrong,
});

function body(call: DocumentedCall, field: Field): Row {
  const name = field.at.join('.');
  return {
    id: `${slugOf(call)}-${name}`,
    title: `${nameOf(call)}: hostile values for ${name}`,
    source: 'S7',
    needs: needs(call),
    reduced: nameOf(call) === 'POST /v1/rooms/{room}/tickets' && name === 'code',
    attack: async (world) => {
      const answers: Answer[] = [];
      const path = await pathOf(world, call);
      for (const value of hostileValues(field)) {
        const headers = { 'content-type': 'application/json', ...(await credentials(world, call)) };
        const text = toJson(bodyWith(call, field, value, await samples(world)));
        const answer = await world.send({ method: call.method, path, headers, body: text });
        answers.push(judged(answer, { value, refused: true }, field.at[0]));
      }
      return answers;
    },
    refusal: refusal(field.at[0]),
  };
}

function inPath(call: DocumentedCall, name: string): Row {
  return {
    id: `${slugOf(call)}-path-${name}`,
    title: `${nameOf(call)}: hostile values for {${name}}`,
    source: 'S7',
    needs: needs(call),
    attack: async (world) => {
      const answers: Answer[] = [];
      for (const { value, refused } of HOSTILE_PARTS) {
        const path = await pathOf(world, call, { [name]: value });
        const answer = await world.send({
          method: call.method,
          path,
          headers: await credentials(world, call),
        });
        const isTaken = FREES_ANY.call === nameOf(call) && FREES_ANY.id.test(value);
        answers.push(judged(answer, { value, refused: refused && !isTaken }));
      }
      return answers;
    },
    refusal: refusal(),
  };
}

function inQuery(call: DocumentedCall, name: string, kind: keyof typeof HOSTILE_QUERIES): Row {
  return {
    id: `${slugOf(call)}-query-${name}`,
    title: `${nameOf(call)}: hostile values for ?${name}=`,
    source: 'S7',
    needs: needs(call),
    attack: async (world) => {
      const answers: Answer[] = [];
      const path = await pathOf(world, call);
      const headers = await credentials(world, call);
      for (const { value, refused } of [
        ...HOSTILE_QUERIES[kind],
        { value: `1&${name}=%00`, refused: false },
      ]) {
        const answer = await world.send({ method: call.method, path: `${path}?${name}=${value}`, headers });
        answers.push(judged(answer, { value, refused }));
      }
      return answers;
    },
    refusal: refusal(),
  };
}

/** Three calls have the room settings with one schema: their numbers are tested in the first. */
const isRepeated = (call: DocumentedCall, field: Field) =>
  field.kind === 'number' &&
  ['PATCH /v1/admin/rooms/{room}', 'PUT /v1/admin/templates/{name}'].includes(nameOf(call));

/** HTML pages, probes and open streams reveal nothing about text. */
const isLeftOut = ({ path }: DocumentedCall) =>
  /^\/(healthz|readyz|metrics)|\/stream$|jobs\/board/.test(path);

/** @param calls every documented call */
export function text(calls: readonly DocumentedCall[]) {
  const rows = calls
    .filter((call) => !isLeftOut(call))
    .flatMap((call): Row[] => {
      const fields = fieldsOf(call).filter((field) => !isRepeated(call, field));
      const parameters = call.operation.parameters ?? [];
      const inPaths = parameters.filter((one) => one.in === 'path' && !one.schema?.enum);
      const queries = parameters.filter((one) => one.in === 'query');
      return [
        ...fields.map((field) => body(call, field)),
        ...inPaths.map(({ name }) => inPath(call, name)),
        ...queries.map(({ name, schema }) =>
          inQuery(call, name, schema?.enum ? 'choice' : schema?.type === 'integer' ? 'number' : 'text'),
        ),
      ];
    });
  return family(
    'text',
    'NUL, lone surrogates, numbers and times beyond their columns, wrong types, in every field, path and query that is documented',
    rows,
  );
}
