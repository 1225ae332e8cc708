import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { HttpEnv } from '@shopfast/kit/http';
import { Hono } from 'hono';
import { html, raw } from 'hono/html';
import { secureHeaders } from 'hono/secure-headers';
import { prefersHtml } from '../protect/accept.ts';
import { defaultProtectConfig, protectedRooms } from '../protect/config.ts';
import { compileRules } from '../protect/rules.ts';
import { shownRoom } from '../rooms/visible.ts';
import { FOR_A_MINUTE } from './cache-control.ts';
import type { PageDeps } from './deps.ts';
import { pageFolder } from './folder.ts';

type Link = { href: string; title: string; what: string };
type Links = Record<'shop' | 'dashboard' | 'inbox' | 'docs' | 'openapi', Link | null> & { rooms: Link[] };

const STYLE =
  'body{font:1.1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}' +
  'li{margin:.8rem 0}a{font-weight:600}';

/**
 * The home page of an installation, with links to its parts. It comes after the rules of protect mode, so the `/` of a
 * shop behind this gateway stays the shop's. It lists only rooms that a rule names: others are not public.
 */
export function homeRoutes(deps: PageDeps, inboxUrl: string | undefined): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const { config } = deps;
  const protect = config.protect ?? defaultProtectConfig(config.services);
  const shopIsThere = compileRules(protect.rules)('GET', '/shop')?.upstream === 'checkout';
  const dashboardIsThere = existsSync(pageFolder('admin'));
  const guarded = [...protectedRooms(config.protect)];

  const links = (): Links => ({
    rooms: guarded.flatMap((id) => {
      const room = shownRoom(deps, id);
      return room ? { href: `/w/${id}`, title: room.settings.name, what: 'Waiting room' } : [];
    }),
    shop: shopIsThere ? { href: '/shop', title: 'Shop', what: 'What is for sale' } : null,
    dashboard: dashboardIsThere
      ? { href: '/admin', title: 'Dashboard', what: 'For operators; sign in with an admin key' }
      : null,
    inbox: inboxUrl ? { href: inboxUrl, title: 'Inbox', what: 'The e-mails of this sandbox' } : null,
    docs: { href: '/docs', title: 'API', what: 'Every call, with examples' },
    openapi: { href: '/openapi.json', title: 'OpenAPI', what: 'The same for programs' },
  });

  const hash = createHash('sha256').update(STYLE).digest('base64');
  const headers = secureHeaders({
    contentSecurityPolicy: { defaultSrc: ["'none'"], styleSrc: [`'sha256-${hash}'`], baseUri: ["'none'"] },
    strictTransportSecurity: false,
  });

  app.get('/', headers, (c) => {
    c.header('Cache-Control', FOR_A_MINUTE);
    c.header('Vary', 'Accept');
    const there = links();
    return prefersHtml(c.req.header('accept')) ? c.html(page(there)) : c.json(addresses(there));
  });

  /** For programs: absolute addresses, null for what this installation does not have. */
  function addresses({ rooms, ...others }: Links) {
    const full = (link: Link) => new URL(link.href, `${config.publicUrl}/`).href;
    return {
      rooms: rooms.map(full),
      ...Object.fromEntries(Object.entries(others).map(([name, link]) => [name, link && full(link)])),
    };
  }
  return app;
}

function page({ rooms, ...others }: Links) {
  const all = [...rooms, ...Object.values(others)].filter((link) => link !== null);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ShopFast</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
<h1>ShopFast</h1>
<ul>
${all.map(({ href, title, what }) => html`<li><a href="${href}">${title}</a><br>${what}</li>`)}
</ul>
</main>
</body>
</html>`;
}
