import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { authorOf } from '@shopfast/kit/admin/author';
import { roomParam } from '@shopfast/kit/contracts/text';
import { refuseInvalid } from '@shopfast/kit/http';
import { readTheme, removeTheme, saveTheme } from '../themes/save.ts';
import { roomTheme } from '../themes/theme.ts';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const tags = ['Rooms'];
const security = [{ adminKey: [] }];
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const params = z.object({ room: roomParam });
const path = '/{room}/theme';

const routes = {
  read: createRoute({
    method: 'get',
    path,
    middleware: needs('viewer'),
    tags,
    security,
    summary: 'The theme of the room’s waiting page',
    request: { params },
    responses: { 200: { description: 'The theme', ...json(roomTheme) } },
  }),
  save: createRoute({
    method: 'put',
    path,
    middleware: needs('operator'),
    tags,
    security,
    summary: 'Set the theme of the waiting page: colours with checked contrast, a logo, text, a style sheet',
    request: { params, body: { required: true, ...json(roomTheme) } },
    responses: { 200: { description: 'The theme', ...json(roomTheme) } },
  }),
  remove: createRoute({
    method: 'delete',
    path,
    middleware: needs('operator'),
    tags,
    security,
    summary: 'Remove the theme',
    request: { params },
    responses: { 204: { description: 'Removed' } },
  }),
};

/** Themes of rooms, mounted at `/v1/admin/rooms`. */
export function adminThemeRoutes(gateway: AdminDeps): OpenAPIHono<AdminEnv> {
  const app = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });
  app.openapi(routes.read, async (c) => {
    return c.json(await readTheme(gateway, c.req.valid('param').room), 200);
  });
  app.openapi(routes.save, async (c) => {
    const theme = c.req.valid('json');
    await saveTheme(gateway, c.req.valid('param').room, theme, authorOf(c));
    return c.json(theme, 200);
  });
  app.openapi(routes.remove, async (c) => {
    await removeTheme(gateway, c.req.valid('param').room, authorOf(c));
    return c.body(null, 204);
  });
  return app;
}
