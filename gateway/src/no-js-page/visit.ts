import { ownPath } from '@shopfast/kit/contracts/return-address';
import { shopAddress } from '@shopfast/kit/contracts/web-address';
import type { HttpEnv } from '@shopfast/kit/http';
import type { Context } from 'hono';
import type { Room } from '../rooms/room.ts';
import type { NoJsPageDeps } from './deps.ts';
import type { Shell } from './shell.ts';

/** One request for the page: its language, and the targets of its links and forms. */
export type Visit = {
  c: Context<HttpEnv>;
  shell: Shell;
  /** The room's id from the address. */
  room: string;
  links: Links;
  /** Where the shopper came from and returns to after the claim; null: the room's shop. */
  back: string | null;
};

export type Links = {
  /** The page itself. */
  here: string;
  /** The confirmation page for leaving the line. */
  leaving: string;
};

export function visitOf(deps: NoJsPageDeps, c: Context<HttpEnv>, shell: Shell): Visit {
  const room = c.req.param('room') ?? '';
  const back = ownPath(c.req.query('return') ?? returnOfScriptedPage(deps, c, room));
  const query = new URLSearchParams({ plain: '', ...(back === null ? {} : { return: back }) });
  const here = `/w/${encodeURIComponent(room)}?${query}`;
  return { c, shell, room, back, links: { here, leaving: `${here}&leave=` } };
}

/** The scripted page cannot pass its own query on, so this reads it from the referrer. */
function returnOfScriptedPage(deps: NoJsPageDeps, c: Context, room: string): string | null {
  const referrer = c.req.header('referer');
  if (!referrer || !URL.canParse(referrer)) return null;
  const { origin, pathname, searchParams } = new URL(referrer);
  const isOurs = origin === new URL(deps.config.publicUrl).origin && pathname === `/w/${room}`;
  return isOurs ? searchParams.get('return') : null;
}

/**
 * Where an admitted shopper goes.
 * @throws when `checkout_url` is not a valid address of a shop
 */
export function shopOf(deps: NoJsPageDeps, room: Room, back: string | null): URL {
  return shopAddress(back ?? room.settings.checkout_url, deps.config.publicUrl);
}
