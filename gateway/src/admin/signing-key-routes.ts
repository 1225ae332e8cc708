import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { appendAudit } from '@shopfast/db/audit';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { auditEntry, authorOf } from '@shopfast/kit/admin/author';
import { ADMIN_KEY, adminProblems, answers } from '@shopfast/kit/api-document/describe';
import { rotation } from '@shopfast/kit/contracts/keys';
import { refuseInvalid } from '@shopfast/kit/http';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const rotate = createRoute({
  operationId: 'rotateSigningKey',
  method: 'post',
  path: '/rotate',
  middleware: needs('owner'),
  tags: ['Keys'],
  security: ADMIN_KEY,
  summary: 'Publish a new signing key',
  description: 'It signs after about ten minutes. Old keys stay until their last token has expired.',
  responses: { 200: answers('The plan', rotation), ...adminProblems() },
});

/** Rotation of the keys that sign reservation tokens, mounted at `/v1/admin/signing-keys`. */
export function adminSigningKeyRoutes(gateway: AdminDeps): OpenAPIHono<AdminEnv> {
  const app = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });
  app.openapi(rotate, async (c) => {
    const longest = Math.max(0, ...gateway.rooms.all().map((room) => room.settings.token_ttl_seconds));
    const { kid, signsFrom, oldKeysUntil } = await gateway.keyring.rotate(longest);
    const plan = { kid, signs_from: signsFrom.toISOString(), old_keys_until: oldKeysUntil.toISOString() };
    const entry = auditEntry(authorOf(c), gateway.clock.now(), {
      action: 'signing_key.rotate',
      target: kid,
      after: plan,
    });
    await appendAudit(gateway.sql, entry);
    return c.json(plan, 200);
  });
  return app;
}
