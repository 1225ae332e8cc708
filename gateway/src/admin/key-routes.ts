import { randomBytes, randomUUID } from 'node:crypto';
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { insertApiKey, type ListedApiKey, listApiKeys, revokeApiKey } from '@shopfast/db/api-keys';
import { listAudit } from '@shopfast/db/audit';
import { type AdminEnv, hashKey } from '@shopfast/kit/admin/authenticate';
import { auditEntry, authorOf } from '@shopfast/kit/admin/author';
import { idempotencyHeader } from '@shopfast/kit/admin/idempotency';
import { ADMIN_KEY, adminProblems, answers, body, OF_A_BODY } from '@shopfast/kit/api-document/describe';
import {
  type AdminKey,
  auditPage,
  auditQuery,
  createdKey,
  keyList,
  keyParams,
  newKey,
} from '@shopfast/kit/contracts/keys';
import { Problem } from '@shopfast/kit/errors';
import { refuseInvalid } from '@shopfast/kit/http';
import type { MiddlewareHandler } from 'hono';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const list = createRoute({
  operationId: 'listKeys',
  method: 'get',
  path: '/keys',
  middleware: needs('owner'),
  tags: ['Keys'],
  security: ADMIN_KEY,
  summary: 'List all keys, without their secrets',
  responses: { 200: answers('The keys', keyList), ...adminProblems() },
});
const create = createRoute({
  operationId: 'createKey',
  method: 'post',
  path: '/keys',
  tags: ['Keys'],
  security: ADMIN_KEY,
  summary: 'Create a key; its secret is shown only once',
  request: { headers: idempotencyHeader, body: body(newKey) },
  responses: {
    201: answers('The new key', createdKey),
    ...adminProblems('request_in_progress', ...OF_A_BODY),
  },
});
const revoke = createRoute({
  operationId: 'revokeKey',
  method: 'delete',
  path: '/keys/{id}',
  middleware: needs('owner'),
  tags: ['Keys'],
  security: ADMIN_KEY,
  summary: 'Revoke a key; takes effect everywhere within five seconds',
  request: { params: keyParams },
  responses: { 204: { description: 'Revoked' }, ...adminProblems('key_unknown', 'invalid_request') },
});
const audit = createRoute({
  operationId: 'listAuditEntries',
  method: 'get',
  path: '/audit',
  middleware: needs('operator'),
  tags: ['Audit'],
  security: ADMIN_KEY,
  summary: 'List who changed what, newest first',
  description: 'For the next page set `before` to `next_before`.',
  request: { query: auditQuery },
  responses: {
    200: answers('Entries; next_before is null on the last page', auditPage),
    ...adminProblems('invalid_request'),
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

function keyToJson(row: ListedApiKey): AdminKey {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    prefix: row.prefix,
    created_at: row.created_at.toISOString(),
    revoked_at: row.revoked_at?.toISOString() ?? null,
  };
}
