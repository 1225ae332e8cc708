import type { LotteryMessages } from '@shopfast/kit/i18n/messages/lottery';
import { readSentPage } from '../i18n/sent-page.ts';
import { type Draw, numberOf, versionOf } from './draw.ts';

type Published = { commitment: string } & Partial<Draw>;

const { t: say } = readSentPage<LotteryMessages>();
// The page's own document has the elements and fields that this script asks for.
const form = document.querySelector('form') as HTMLFormElement;
// As above.
const result = document.getElementById('result') as HTMLElement;
/** Used when no commitment is entered. */
let publishedVersion = 2;
// As above.
const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement;

/** Fills in what the room published and what the address contains (`?index=…`), so that one press is enough. */
async function fillIn(): Promise<void> {
  field('index').value = new URLSearchParams(location.search).get('index') ?? '';
  const room = location.pathname.split('/').at(-1) ?? '';
  const published = await readPublished(room);
  if (typeof published === 'string') return show([say(`trouble.${published}`)]);
  publishedVersion = published.version ?? 1;
  field('commitment').value = published.commitment;
  if (published.seed === undefined) return show([say('trouble.not_drawn')]);
  field('seed').value = published.seed;
  field('size').value = String(published.size);
}

async function readPublished(room: string): Promise<Published | 'away' | 'no_lottery'> {
  try {
    const answer = await fetch(`/v1/rooms/${encodeURIComponent(room)}/status`);
    if (!answer.ok) return 'away';
    const { lottery }: { lottery: Published | null } = await answer.json();
    return lottery ?? 'no_lottery';
  } catch {
    return 'away';
  }
}

async function check(): Promise<void> {
  const index = Number(field('index').value);
  const draw: Draw = { seed: field('seed').value.trim(), size: Number(field('size').value) };
  const isComplete = Number.isInteger(index) && index > 0 && Number.isInteger(draw.size) && draw.seed !== '';
  if (!isComplete) return show([say('result.wrong')]);

  const commitment = field('commitment').value.trim();
  const committed = commitment === '' ? publishedVersion : await versionOf(draw.seed, commitment);
  const isKept = committed !== null;
  const number = await numberOf(index, { ...draw, version: committed ?? publishedVersion });
  const lines = [say('result.number', { number }), say(isKept ? 'result.kept' : 'result.broken')];
  show(index > draw.size ? [...lines, say('result.late')] : lines);
}

function show([headline = '', ...lines]: string[]): void {
  const strong = document.createElement('strong');
  strong.textContent = headline;
  const paragraphs = lines.map((line) => {
    const paragraph = document.createElement('p');
    paragraph.textContent = line;
    return paragraph;
  });
  result.replaceChildren(strong, ...paragraphs);
  result.hidden = false;
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void check();
});
void fillIn();
