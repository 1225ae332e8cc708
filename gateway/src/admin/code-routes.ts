import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { authorOf } from '@shopfast/kit/admin/author';
import { instant, integer, line, roomParam } from '@shopfast/kit/contracts/text';
import { invalidRequest, refuseInvalid } from '@shopfast/kit/http';
import { CODE_KINDS } from '../codes/code.ts';
import { issueCodes } from '../codes/issue.ts';
import { revokeCode } from '../codes/revoke.ts';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const wantedCodes = z.strictObject({
  kind: z.enum(CODE_KINDS),
  count: integer(1, 1_000).default(1),
  /** How many times each code can be used to join. */
  uses: integer(1, 1_000_000).default(1),
  expires_at: instant
    .transform((at) => at.toISOString())
    .nullable()
    .default(null),
  label: line({ most: 200 }).nullable().default(null),
});

const issuedCodes = wantedCodes.extend({
  codes: z.array(z.string()),
  /** In the same order. A code is revoked by its id. */
  ids: z.array(z.string()),
});

const create = createRoute({
  method: 'post',
  path: '/{room}/codes',
  middleware: needs('operator'),
  tags: ['Rooms'],
  security: [{ adminKey: [] }],
  summary: 'Create invite or priority codes; they are shown only once',
  request: {
    params: z.object({ room: roomParam }),
    body: { required: true, content: { 'application/json': { schema: wantedCodes } } },
  },
  responses: {
    201: { description: 'The codes', content: { 'application/json': { schema: issuedCodes } } },
  },
});

const revoke = createRoute({
  method: 'delete',
  path: '/{room}/codes/{id}',
  middleware: needs('operator'),
  tags: ['Rooms'],
  security: [{ adminKey: [] }],
  summary: 'Revoke a code: nobody can join with it any more; places that it gave remain',
  request: {
    params: z.object({
      room: roomParam,
      id: z.string().regex(/^[\w-]{12}$/, 'must be the id of a code: 12 letters, digits, - or _'),
    }),
  },
  responses: { 204: { description: 'Revoked (also when it was revoked before)' } },
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
