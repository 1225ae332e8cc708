import { randomBytes, randomUUID } from 'node:crypto';
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { insertApiKey, type ListedApiKey, listApiKeys, revokeApiKey } from '@shopfast/db/api-keys';
import { listAudit } from '@shopfast/db/audit';
import { type AdminEnv, hashKey } from '@shopfast/kit/admin/authenticate';
import { auditEntry, authorOf } from '@shopfast/kit/admin/author';
import { idempotencyHeader } from '@shopfast/kit/admin/idempotency';
import { ROLES } from '@shopfast/kit/admin/roles';
import { exactLine, line, pageSize, rowNumber } from '@shopfast/kit/contracts/text';
import { Problem } from '@shopfast/kit/errors';
import { refuseInvalid } from '@shopfast/kit/http';
import type { MiddlewareHandler } from 'hono';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const security = [{ adminKey: [] }];
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });

const keyDocument = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  prefix: z.string(),
  created_at: z.string(),
  revoked_at: z.string().nullable(),
});
const auditDocument = z.object({
  id: z.number().int(),
  at: z.string(),
  actor: z.string(),
  role: z.string(),
  action: z.string(),
  target: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});

const list = createRoute({
  method: 'get',
  path: '/keys',
  middleware: needs('owner'),
  tags: ['Keys'],
  security,
  summary: 'All keys, without their secrets',
  responses: { 200: { description: 'The keys', ...json(z.object({ keys: z.array(keyDocument) })) } },
});
const create = createRoute({
  method: 'post',
  path: '/keys',
  tags: ['Keys'],
  security,
  summary: 'Create a key; its secret is shown only once',
  request: {
    headers: idempotencyHeader,
    body: {
      required: true,
      ...json(z.strictObject({ name: line({ most: 100 }), role: z.enum(ROLES) })),
    },
  },
  responses: { 201: { description: 'The new key', ...json(keyDocument.extend({ key: z.string() })) } },
});
const revoke = createRoute({
  method: 'delete',
  path: '/keys/{id}',
  middleware: needs('owner'),
  tags: ['Keys'],
  security,
  summary: 'Revoke a key; takes effect everywhere within five seconds',
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 204: { description: 'Revoked' } },
});
const audit = createRoute({
  method: 'get',
  path: '/audit',
  middleware: needs('operator'),
  tags: ['Audit'],
  security,
  summary: 'Who changed what, newest first; for the next page set before to next_before',
  request: {
    query: z.object({
      limit: pageSize({ most: 500, usual: 100 }),
      before: rowNumber.optional(),
      target: exactLine({ most: 200 }).optional(),
    }),
  },
  responses: {
    200: {
      description: 'Entries; next_before is null on the last page',
      ...json(z.object({ entries: z.array(auditDocument), next_before: z.number().int().nullable() })),
    },
  },
});

/** Keys and the audit log, mounted at `/v1/admin`. */
export function adminKeyRoutes(
  gateway: AdminDeps,
  repeatable: MiddlewareHandler<AdminEnv>,
): OpenAPIHono<AdminEnv> {
  const app = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });

  app.openapi(list, async (c) => {
    return c.json({ keys: (await listApiKeys(gateway.sql)).map(keyToJson) }, 200);
  });
  app.openapi({ ...create, middleware: [...needs('owner'), repeatable] }, async (c) => {
    const { name, role } = c.req.valid('json');
    const key = `adm_${randomBytes(32).toString('base64url')}`;
    const author = authorOf(c);
    const id = randomUUID();
    const row = await insertApiKey(
      gateway.sql,
      { id, name, role, hash: hashKey(key), prefix: key.slice(0, 10), created_by: author.actor },
      auditEntry(author, gateway.clock.now(), { action: 'key.create', target: id, after: { name, role } }),
    );
    if (!row) throw new Error('a new random key already existed');
    return c.json({ ...keyToJson(row), key }, 201, { 'Cache-Control': 'no-store' });
  });
  app.openapi(revoke, async (c) => {
    const { id } = c.req.valid('param');
    const entry = auditEntry(authorOf(c), gateway.clock.now(), { action: 'key.revoke', target: id });
    const gone = await revokeApiKey(gateway.sql, id, entry);
    if (!gone) throw new Problem('key_unknown');
    return c.body(null, 204);
  });
  app.openapi(audit, async (c) => {
    const { limit, before, target } = c.req.valid('query');
    const page = { limit: limit + 1, ...(before ? { before } : {}), ...(target ? { target } : {}) };
    const found = await listAudit(gateway.sql, page);
    const entries = found.slice(0, limit).map((entry) => ({ ...entry, at: entry.at.toISOString() }));
    const nextBefore = found.length > limit ? (entries.at(-1)?.id ?? null) : null;
    return c.json({ entries, next_before: nextBefore }, 200);
  });
  return app;
}

function keyToJson(row: ListedApiKey): z.infer<typeof keyDocument> {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    prefix: row.prefix,
    created_at: row.created_at.toISOString(),
    revoked_at: row.revoked_at?.toISOString() ?? null,
  };
}
