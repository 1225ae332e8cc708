import { Problem } from '@shopfast/kit/errors';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { shownRoom } from '../rooms/visible.ts';
import { storesUnavailable } from '../stores-unavailable.ts';
import { themedPage } from '../themes/page.ts';
import { readForm } from './act.ts';
import type { NoJsPageDeps } from './deps.ts';
import { joinForm, joinView } from './join-form.ts';
import { message, type View } from './parts.ts';
import { busyView, ended } from './views.ts';
import type { Visit } from './visit.ts';

/** The result of a visit: a view, or an address to redirect to. @throws Problem */
export type Work = (visit: Visit) => Promise<View | string>;

/** Shows the view that `work` returns, or redirects to its address. A refusal becomes a view, too. */
export async function answerVisit(deps: NoJsPageDeps, visit: Visit, work: Work): Promise<Response> {
  const { c, shell, links } = visit;
  c.header('Cache-Control', 'no-store');
  let view: View | string;
  let status: ContentfulStatusCode = 200;
  try {
    view = await work(visit);
  } catch (thrown) {
    const problem = storesUnavailable(thrown) ?? thrown;
    if (!(problem instanceof Problem)) throw thrown;
    if (problem.code === 'not_called') return c.redirect(links.here, 303);
    deps.meters.refused(problem.code);
    // Problems have statuses with a body.
    status = problem.status as ContentfulStatusCode;
    view = await refusedView(deps, visit, problem);
  }
  if (typeof view === 'string') return c.redirect(view, 303);
  const shown = shownRoom(deps, visit.room);
  const name = shown?.settings.name ?? null;
  const title = name === null ? view.title : shell.t('page.titled', { state: view.title, room: name });
  const [, query = ''] = links.here.split('?');
  const page = await shell.fill({ ...view, title, room: name, query });
  const theme = shown && deps.themes.of(shown.id);
  return c.html(
    theme ? themedPage(page, { id: visit.room, name: null }, theme, shell.language) : page,
    status,
  );
}

const BUSY = ['overloaded', 'unavailable', 'rate_limited'];
const DEFAULT_REFRESH_SECONDS = 10;

async function refusedView(deps: NoJsPageDeps, visit: Visit, problem: Problem): Promise<View> {
  const { c, shell, links } = visit;
  if (problem.code === 'room_unknown') return ended(shell, 'unknown_room');
  if (problem.code === 'room_closed') return ended(shell, 'closed');
  if (problem.code === 'ticket_missing') return ended(shell, 'no_cookies');
  if (BUSY.includes(problem.code)) {
    const hasPlace = c.req.method === 'GET';
    return busyView(shell, hasPlace, Math.ceil(problem.retryAfterSeconds ?? DEFAULT_REFRESH_SECONDS));
  }
  const room = deps.rooms.find(visit.room);
  const now = deps.clock.now();
  if (room && problem.code === 'room_not_open') return joinView(shell, links, room, now);
  if (room && ['ticket_expired', 'ticket_unknown'].includes(problem.code))
    return ended(shell, 'expired', joinForm(shell, links, room));
  if (room && ['code_invalid', 'invite_required', 'invalid_request'].includes(problem.code)) {
    const typed = await readForm(visit);
    const refused = problem.code === 'invalid_request' ? 'email' : 'code';
    return joinView(shell, links, room, now, { ...typed, refused });
  }
  const why = problem.detail ?? problem.message;
  const again = html`<p><a href="${links.here}">${shell.t('again.try')}</a></p>`;
  return ended(shell, 'refused', html`${message(shell, why)}${again}`);
}
