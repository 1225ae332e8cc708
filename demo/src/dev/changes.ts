import { reachableFrom } from '@shopfast/bootstrap/repository/imports';
import type { ServiceName } from '@shopfast/sandbox/system/system';

/** Where sources are, from the root. */
export const WATCHED = [
  ...['gateway/src', 'checkout/src', 'workers/src', 'web-waitroom/src', 'kit/src', 'db/src', 'db/migrations'],
  ...['sandbox/src', 'demo/src/dev'],
];

const PAGES = ['waiting', 'shop', 'lottery', 'admin', 'accessibility'] as const;
export type PageName = (typeof PAGES)[number];

/** What a change requires. */
export type Effect = {
  build: Set<PageName>;
  restart: Set<ServiceName>;
  migrate: boolean;
  gallery: boolean;
  /** The watching program itself has changed. */
  self: boolean;
};

const SERVICES: ServiceName[] = ['gateway', 'checkout', 'workers'];
const SOURCE = /\.(ts|tsx|js|json|lua|sql|html|css|svg)$/;
const TEXTS = /^kit\/src\/i18n\/catalogues\/([^/]+)\//;
const NOT_RUN = /\.(test|fixture)\.tsx?$|\/testing\/|^web-waitroom\/src\/(browser|pictures)\//;

/** Files of other workspaces that are in the pages. */
const sharedWithPages = (): Set<string> =>
  new Set(PAGES.flatMap((page) => entriesOf(page).flatMap((entry) => [...reachableFrom(entry)])));
const entriesOf = (page: PageName) =>
  ['ts', 'tsx'].map((ending) => `web-waitroom/src/${page}/main.${ending}`);

/** @returns what a change of these files (paths from the root) requires */
export function createEffects(inPages: ReadonlySet<string> = sharedWithPages()) {
  function note(effect: Effect, file: string): void {
    const [, part] = TEXTS.exec(file) ?? [];
    if (part !== undefined) {
      noteText(effect, part);
      return;
    }
    const [workspace, , folder = ''] = file.split('/');
    if (workspace === 'gateway' || workspace === 'checkout' || workspace === 'workers')
      effect.restart.add(workspace);
    if (workspace === 'kit' || workspace === 'db') for (const name of SERVICES) effect.restart.add(name);
    if (workspace === 'kit') for (const name of ['inbox', 'stripe'] as const) effect.restart.add(name);
    if (workspace === 'sandbox' && (folder === 'inbox' || folder === 'stripe')) effect.restart.add(folder);
    if (file.startsWith('sandbox/src/system/') || file.startsWith('sandbox/src/stores/')) effect.self = true;
    if (workspace === 'demo') effect.self = true;
    if (file.startsWith('db/migrations/')) effect.migrate = true;
    if (workspace === 'web-waitroom') for (const page of pagesOf(file)) effect.build.add(page);
    else if (inPages.has(file)) for (const page of PAGES) effect.build.add(page);
    if (/^web-waitroom\/src\/(gallery|waiting|theme)/.test(file)) effect.gallery = true;
  }

  return (files: Iterable<string>): Effect => {
    const effect: Effect = {
      ...{ build: new Set<PageName>(), restart: new Set<ServiceName>() },
      ...{ migrate: false, gallery: false, self: false },
    };
    for (const file of files) if (SOURCE.test(file) && !NOT_RUN.test(file)) note(effect, file);
    return effect;
  };
}

/** A part of the texts is in one page, or a service reads it once. */
function noteText(effect: Effect, part: string): void {
  const page = PAGES.find((one) => one === (part === 'notifications' ? 'waiting' : part));
  if (page) effect.build.add(page);
  if (part === 'waiting') effect.gallery = true;
  if (part === 'mails') effect.restart.add('workers');
  if (part === 'mail-pages') effect.restart.add('gateway');
  if (part === 'problems') for (const name of SERVICES) effect.restart.add(name);
}

/** The services that read the built documents of a page, once, at their start. */
export const serverOf = (page: PageName): ServiceName => (page === 'shop' ? 'checkout' : 'gateway');

function pagesOf(file: string): readonly PageName[] {
  const [, page] = /^web-waitroom\/src\/([^/]+)\//.exec(file) ?? [];
  if (page === 'gallery') return [];
  const known = PAGES.find((one) => one === page);
  return known ? [known] : PAGES;
}

export function merged(one: Effect, other: Effect): Effect {
  return {
    build: new Set([...one.build, ...other.build]),
    restart: new Set([...one.restart, ...other.restart]),
    migrate: one.migrate || other.migrate,
    gallery: one.gallery || other.gallery,
    self: one.self || other.self,
  };
}

export const isEmpty = ({ build, restart, migrate, gallery, self }: Effect): boolean =>
  build.size === 0 && restart.size === 0 && !migrate && !gallery && !self;
