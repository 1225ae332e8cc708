import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { escapeHtml } from '@shopfast/kit/escape-html';
import type { HttpEnv } from '@shopfast/kit/http';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Room } from '../rooms/room.ts';
import { shownRoom } from '../rooms/visible.ts';
import { FOR_A_MINUTE } from './cache-control.ts';
import type { PageDeps } from './deps.ts';

/** The folder for rooms without their own folder. */
const FOR_ALL = 'default';

/** Scripts, styles, fonts and pictures of this site, none of them inline. Nothing from outside, and no frames. */
const POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  fontSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  mediaSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/**
 * Waiting pages that the shop wrote itself (docs/waiting-page.md): `{folder}/{room}/index.html`, or
 * `{folder}/default/index.html` for all rooms, with their files beside them. Pages are read once, at the start.
 * @throws when the folder does not exist or has no page, so that a wrong path fails at the start
 */
export function customPageRoutes(deps: PageDeps, folder: string): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const pages = readPages(folder);
  const headers = secureHeaders({
    contentSecurityPolicy: POLICY,
    referrerPolicy: 'same-origin',
    strictTransportSecurity: false,
  });
  const folderOf = (room: string) => (pages.has(room) ? room : FOR_ALL);

  app.get('/w/:room', async (c, next) => {
    const room = shownRoom(deps, c.req.param('room'));
    const page = room && pages.get(folderOf(room.id));
    if (!room || page === undefined) return next();
    return headers(c, async () => {
      c.res = c.html(filled(page, room), 200, { 'Cache-Control': FOR_A_MINUTE });
    });
  });
  const file = serveStatic<HttpEnv>({
    root: folder,
    // "/w/{room}/files/{path}"
    rewriteRequestPath: (path) => {
      const [, , room = '', , ...rest] = path.split('/');
      return `/${folderOf(room)}/${rest.join('/')}`;
    },
  });
  app.get('/w/:room/files/*', headers, async (c, next) =>
    shownRoom(deps, c.req.param('room')) ? file(c, next) : c.notFound(),
  );
  return app;
}

function readPages(folder: string): Map<string, string> {
  const pages = new Map(
    readdirSync(folder)
      .map((room) => [room, join(folder, room, 'index.html')] as const)
      .filter(([, file]) => existsSync(file))
      .map(([room, file]) => [room, readFileSync(file, 'utf8')]),
  );
  if (pages.size === 0) throw new Error(`WAITING_PAGES: there is no {room}/index.html in ${folder}`);
  return pages;
}

/** Replaces `%room%`, `%name%` and `%files%`. */
function filled(page: string, { id, settings }: Room): string {
  const places: Record<string, string> = { room: id, name: settings.name, files: `/w/${id}/files` };
  return page.replace(/%(room|name|files)%/g, (_, place: string) => escapeHtml(places[place] ?? ''));
}
