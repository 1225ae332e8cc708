import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { listTemplates } from '@shopfast/db/templates';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { authorOf } from '@shopfast/kit/admin/author';
import { ADMIN_KEY, adminProblems, answers, body, OF_A_BODY } from '@shopfast/kit/api-document/describe';
import { someSettings, templateDocument, templateList, templateParams } from '@shopfast/kit/contracts/rooms';
import { refuseInvalid } from '@shopfast/kit/http';
import { deleteTemplate } from '../rooms/templates/delete.ts';
import { readTemplate } from '../rooms/templates/read.ts';
import { saveTemplate } from '../rooms/templates/save.ts';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const tags = ['Templates'];

const routes = {
  list: createRoute({
    operationId: 'listTemplates',
    method: 'get',
    path: '/',
    middleware: needs('viewer'),
    tags,
    security: ADMIN_KEY,
    summary: 'List all settings templates',
    responses: { 200: answers('The templates', templateList), ...adminProblems() },
  }),
  read: createRoute({
    operationId: 'getTemplate',
    method: 'get',
    path: '/{name}',
    middleware: needs('viewer'),
    tags,
    security: ADMIN_KEY,
    summary: 'Read one template',
    request: { params: templateParams },
    responses: {
      200: answers('The template', templateDocument),
      ...adminProblems('template_unknown', 'invalid_request'),
    },
  }),
  save: createRoute({
    operationId: 'saveTemplate',
    method: 'put',
    path: '/{name}',
    middleware: needs('operator'),
    tags,
    security: ADMIN_KEY,
    summary: 'Create or replace a template with any of the settings',
    description: 'Rooms that were created from it stay unchanged.',
    request: { params: templateParams, body: body(someSettings) },
    responses: { 200: answers('The template', templateDocument), ...adminProblems(...OF_A_BODY) },
  }),
  delete: createRoute({
    operationId: 'deleteTemplate',
    method: 'delete',
    path: '/{name}',
    middleware: needs('operator'),
    tags,
    security: ADMIN_KEY,
    summary: 'Delete a template',
    request: { params: templateParams },
    responses: { 204: { description: 'Deleted' }, ...adminProblems('template_unknown', 'invalid_request') },
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
