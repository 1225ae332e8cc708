import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { authorOf } from '@shopfast/kit/admin/author';
import { ADMIN_KEY, adminProblems, answers, body, OF_A_BODY } from '@shopfast/kit/api-document/describe';
import { codeParams, issuedCodes, roomParams, wantedCodes } from '@shopfast/kit/contracts/rooms';
import { invalidRequest, refuseInvalid } from '@shopfast/kit/http';
import { issueCodes } from '../codes/issue.ts';
import { revokeCode } from '../codes/revoke.ts';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const create = createRoute({
  operationId: 'createCodes',
  method: 'post',
  path: '/{room}/codes',
  middleware: needs('operator'),
  tags: ['Codes'],
  security: ADMIN_KEY,
  summary: 'Create invite or priority codes',
  description: 'They are shown only once: they are signed, and not stored.',
  request: { params: roomParams, body: body(wantedCodes) },
  responses: {
    201: answers('The codes', issuedCodes),
    ...adminProblems('room_unknown', 'state_conflict', ...OF_A_BODY),
  },
});

const revoke = createRoute({
  operationId: 'revokeCode',
  method: 'delete',
  path: '/{room}/codes/{id}',
  middleware: needs('operator'),
  tags: ['Codes'],
  security: ADMIN_KEY,
  summary: 'Revoke a code',
  description: 'Nobody can join with it any more. Places that it gave remain.',
  request: { params: codeParams },
  responses: {
    204: { description: 'Revoked (also when it was revoked before)' },
    ...adminProblems('room_unknown', 'invalid_request'),
  },
});

/** Invite and priority codes, mounted at `/v1/admin/rooms` before the room routes. */
export function adminCodeRoutes(gateway: AdminDeps): OpenAPIHono<AdminEnv> {
  const app = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });
  app.openapi(create, async (c) => {
    const wanted = c.req.valid('json');
    if (wanted.expires_at !== null && Date.parse(wanted.expires_at) <= gateway.clock.now())
      throw invalidRequest([{ path: ['expires_at'], message: 'must be in the future' }]);
    const issued = await issueCodes(gateway, c.req.valid('param').room, wanted, authorOf(c));
    const [codes, ids] = [issued.map(({ code }) => code), issued.map(({ id }) => id)];
    return c.json({ ...wanted, codes, ids }, 201, { 'Cache-Control': 'no-store' });
  });
  app.openapi(revoke, async (c) => {
    const { room, id } = c.req.valid('param');
    await revokeCode(gateway, room, id, authorOf(c));
    return c.body(null, 204);
  });
  return app;
}
