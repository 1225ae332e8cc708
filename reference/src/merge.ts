import { isDeepStrictEqual } from 'node:util';
import { type ApiDocument, callsOf } from '@shopfast/kit/api-document/document';

const DESCRIPTION = `\
A waiting room in front of a flash sale, and the shop behind it. A shopper joins a room, waits, claims a reservation
token when its turn comes, and buys with it. Operators control the rooms, the products and the background jobs.

Fields are in snake_case. Times are RFC 3339 in UTC. Names of durations end in their unit (\`_seconds\`, \`_ms\`). Amounts
are in minor units of their currency. An error is a problem document (RFC 9457) with a stable \`code\`.`;

const HEAD = {
  openapi: '3.1.0',
  info: {
    title: 'ShopFast',
    version: '1.0.0',
    description: DESCRIPTION,
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/', description: 'The gateway that serves this document' }],
} as const;

/** In the order of a reader: shoppers first, then operators in the order of a sale. */
const TAGS = {
  Tickets: 'Joining a room, waiting, and claiming a reservation token.',
  Shop: 'The catalogue.',
  Orders: 'Buying with a reservation token, and what becomes of an order.',
  Payments: 'How the shop takes payment.',
  Accounts: 'Signing up and in. Buying as a guest works too.',
  Profile: 'A signed-in user’s profile, orders and sessions.',
  Tokens: 'Verifying reservation tokens in any shop.',
  Rooms: 'Settings, state and figures of rooms.',
  Codes: 'Invite and priority codes of a room.',
  Themes: 'The design of a room’s waiting page.',
  Templates: 'Named sets of room settings.',
  Rehearsal: 'A synthetic crowd in a hidden room.',
  Products: 'The products of the shop and their units.',
  Webhooks: 'Events of rooms for other programs.',
  Jobs: 'Background jobs, and those that used up their attempts.',
  Keys: 'Admin keys and signing keys.',
  Audit: 'Who changed what.',
  Health: 'Probes for a supervisor.',
};

/**
 * One document with the calls of all services, ordered by their tags.
 * @throws when a call has an unknown tag, two services describe the same call, or one name stands for two things
 */
export function mergeDocuments(documents: readonly ApiDocument[]): ApiDocument {
  const order = Object.keys(TAGS);
  const calls = documents.flatMap(callsOf).map((call) => {
    const rank = order.indexOf(call.operation.tags?.[0] ?? '');
    if (rank < 0) throw new Error(`${call.method} ${call.path} has no known tag`);
    return { ...call, rank };
  });
  const paths: ApiDocument['paths'] = {};
  for (const { method, path, operation } of calls.toSorted((one, other) => one.rank - other.rank)) {
    const operations = paths[path] ?? {};
    paths[path] = operations;
    const name = method.toLowerCase();
    if (name in operations) throw new Error(`Two services describe ${method} ${path}`);
    operations[name] = operation;
  }
  const parts = documents.map(({ components }) => components ?? {});
  return {
    ...HEAD,
    info: { ...HEAD.info },
    servers: [...HEAD.servers],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: together(parts.map(({ schemas = {} }) => schemas)),
      securitySchemes: together(parts.map(({ securitySchemes = {} }) => securitySchemes)),
      examples: together(parts.map(({ examples = {} }) => examples)),
    },
  };
}

function together<Value>(parts: Record<string, Value>[]): Record<string, Value> {
  const all = new Map<string, Value>();
  for (const [name, value] of parts.flatMap((part) => Object.entries(part))) {
    if (all.has(name) && !isDeepStrictEqual(all.get(name), value))
      throw new Error(`${name} stands for two different things`);
    all.set(name, value);
  }
  return Object.fromEntries([...all].sort(([one], [other]) => (one < other ? -1 : 1)));
}
