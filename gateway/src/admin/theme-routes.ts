import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { authorOf } from '@shopfast/kit/admin/author';
import { ADMIN_KEY, adminProblems, answers, body, OF_A_BODY } from '@shopfast/kit/api-document/describe';
import { roomParams } from '@shopfast/kit/contracts/rooms';
import { roomTheme } from '@shopfast/kit/contracts/theme';
import { refuseInvalid } from '@shopfast/kit/http';
import { readTheme, removeTheme, saveTheme } from '../themes/save.ts';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const tags = ['Themes'];
const path = '/{room}/theme';

const routes = {
  read: createRoute({
    operationId: 'getTheme',
    method: 'get',
    path,
    middleware: needs('viewer'),
    tags,
    security: ADMIN_KEY,
    summary: 'Read the theme of a room’s waiting page',
    request: { params: roomParams },
    responses: { 200: answers('The theme', roomTheme), ...adminProblems('room_unknown') },
  }),
  save: createRoute({
    operationId: 'saveTheme',
    method: 'put',
    path,
    middleware: needs('operator'),
    tags,
    security: ADMIN_KEY,
    summary: 'Set the theme of a room’s waiting page',
    description: 'Colours with checked contrast, a logo, text, a style sheet.',
    request: { params: roomParams, body: body(roomTheme) },
    responses: { 200: answers('The theme', roomTheme), ...adminProblems('room_unknown', ...OF_A_BODY) },
  }),
  remove: createRoute({
    operationId: 'deleteTheme',
    method: 'delete',
    path,
    middleware: needs('operator'),
    tags,
    security: ADMIN_KEY,
    summary: 'Remove the theme',
    request: { params: roomParams },
    responses: { 204: { description: 'Removed' }, ...adminProblems('room_unknown') },
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
