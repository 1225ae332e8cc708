import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { listTemplates } from '@shopfast/db/templates';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { authorOf } from '@shopfast/kit/admin/author';
import { roomId } from '@shopfast/kit/contracts/text';
import { refuseInvalid } from '@shopfast/kit/http';
import { someSettings } from '../rooms/settings.ts';
import { deleteTemplate } from '../rooms/templates/delete.ts';
import { readTemplate } from '../rooms/templates/read.ts';
import { saveTemplate } from '../rooms/templates/save.ts';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const tags = ['Templates'];
const security = [{ adminKey: [] }];
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const params = z.object({ name: roomId });
const templateDocument = z.object({ name: z.string(), settings: someSettings });

const routes = {
  list: createRoute({
    method: 'get',
    path: '/',
    middleware: needs('viewer'),
    tags,
    security,
    summary: 'All settings templates',
    responses: {
      200: { description: 'The templates', ...json(z.object({ templates: z.array(templateDocument) })) },
    },
  }),
  read: createRoute({
    method: 'get',
    path: '/{name}',
    middleware: needs('viewer'),
    tags,
    security,
    summary: 'One template',
    request: { params },
    responses: { 200: { description: 'The template', ...json(templateDocument) } },
  }),
  save: createRoute({
    method: 'put',
    path: '/{name}',
    middleware: needs('operator'),
    tags,
    security,
    summary:
      'Create or replace a template with any of the settings; rooms that were created from it stay unchanged',
    request: { params, body: { required: true, ...json(someSettings) } },
    responses: { 200: { description: 'The template', ...json(templateDocument) } },
  }),
  delete: createRoute({
    method: 'delete',
    path: '/{name}',
    middleware: needs('operator'),
    tags,
    security,
    summary: 'Delete a template',
    request: { params },
    responses: { 204: { description: 'Deleted' } },
  }),
};

/** Templates of settings, mounted at `/v1/admin/templates`. */
export function adminTemplateRoutes(gateway: AdminDeps): OpenAPIHono<AdminEnv> {
  const app = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });
  app.openapi(routes.list, async (c) => {
    const templates = await listTemplates(gateway.sql);
    return c.json({ templates: templates.map(({ name, settings }) => ({ name, settings })) }, 200);
  });
  app.openapi(routes.read, async (c) => {
    const { name } = c.req.valid('param');
    return c.json({ name, settings: await readTemplate(gateway, name) }, 200);
  });
  app.openapi(routes.save, async (c) => {
    const { name } = c.req.valid('param');
    const settings = c.req.valid('json');
    await saveTemplate(gateway, name, settings, authorOf(c));
    return c.json({ name, settings }, 200);
  });
  app.openapi(routes.delete, async (c) => {
    await deleteTemplate(gateway, c.req.valid('param').name, authorOf(c));
    return c.body(null, 204);
  });
  return app;
}
