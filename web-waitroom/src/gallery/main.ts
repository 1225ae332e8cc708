import { VIEWS } from './views.ts';

const SCHEMES = ['light', 'dark'];

/** `?lang=de&lang=he` shows other languages, `?kind=called` only one kind. */
const { searchParams } = new URL(location.href);
const only = searchParams.get('kind');
const given = searchParams.getAll('lang');
const languages = given.length > 0 ? given : ['en', 'ar'];

const all = document.createElement('a');
all.href = location.pathname;
all.textContent = 'all';
document.querySelector('nav')?.append(all);

for (const [kind, states] of Object.entries(VIEWS)) {
  const link = document.createElement('a');
  link.href = `?${new URLSearchParams([...given.map((lang) => ['lang', lang]), ['kind', kind]])}`;
  link.textContent = kind;
  document.querySelector('nav')?.append(link);
  if (only === null || only === kind) for (const state of Object.keys(states)) show(kind, state);
}

function show(kind: string, state: string): void {
  const section = document.createElement('section');
  const title = document.createElement('h2');
  title.textContent = `${kind} · ${state}`;
  const row = document.createElement('div');
  for (const lang of languages)
    for (const scheme of SCHEMES) row.append(frame({ kind, state, lang, scheme }));
  section.append(title, row);
  document.querySelector('main')?.append(section);
}

function frame(query: Record<string, string>): HTMLElement {
  const element = document.createElement('iframe');
  element.src = `/gallery/frame?${new URLSearchParams(query)}`;
  element.title = Object.values(query).join(', ');
  element.loading = 'lazy';
  return element;
}
