import { present } from '@shopfast/kit/narrow';
export type Series = { name: string; points: ReadonlyArray<readonly [x: number, y: number]> };
export type Chart = { title: string; unit: string; series: Series[]; limit?: number };

const WIDTH = 560;
const HEIGHT = 200;
const LEFT = 56;
const BOTTOM = 24;
const TOP = 10;
const COLOURS = ['#2563eb', '#d97706', '#059669', '#dc2626', '#7c3aed', '#0891b2', '#4b5563', '#be185d'];
const LEVELS = 4;

/** A line chart as self-contained HTML. Time (seconds) goes from left to right. */
export function lineChart({ title, unit, series, limit }: Chart): string {
  const shown = series.filter((one) => one.points.length > 0);
  const all = shown.flatMap((one) => one.points);
  const right = all.reduce((most, [x]) => Math.max(most, x), 1);
  const top = niceTop(all.reduce((most, [, y]) => Math.max(most, y), limit ?? 0));
  const x = (at: number) => (LEFT + (Math.max(0, at) / right) * (WIDTH - LEFT - 8)).toFixed(1);
  const y = (value: number) => (HEIGHT - BOTTOM - (value / top) * (HEIGHT - BOTTOM - TOP)).toFixed(1);
  const grid = Array.from({ length: LEVELS + 1 }, (_, level) => {
    const value = (top / LEVELS) * level;
    return `<line class="grid" x1="${LEFT}" x2="${WIDTH - 8}" y1="${y(value)}" y2="${y(value)}"/><text x="${LEFT - 6}" y="${y(value)}" text-anchor="end" dy="4">${short(value)}</text>`;
  });
  const times = Array.from({ length: 6 }, (_, step) => {
    const at = Math.round((right / 5) * step);
    return `<text x="${x(at)}" y="${HEIGHT - 6}" text-anchor="${step === 5 ? 'end' : 'middle'}">${at} s</text>`;
  });
  const lines = shown.map(
    ({ name, points }, at) =>
      `<polyline fill="none" stroke="${colour(at)}" stroke-width="1.5" points="${points.map(([px, py]) => `${x(px)},${y(py)}`).join(' ')}"><title>${inHtml(name)}</title></polyline>`,
  );
  const limitLine =
    limit === undefined
      ? ''
      : `<line class="limit" x1="${LEFT}" x2="${WIDTH - 8}" y1="${y(limit)}" y2="${y(limit)}"/>`;
  const keys = [
    ...shown.map(({ name }, at) => `<span><i style="background:${colour(at)}"></i>${inHtml(name)}</span>`),
    ...(limit === undefined ? [] : [`<span><i class="limit"></i>limit ${short(limit)}</span>`]),
  ];
  return `<figure><figcaption>${inHtml(title)} <small>${inHtml(unit)}</small></figcaption><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${inHtml(title)}">${grid.join('')}${times.join('')}${limitLine}${lines.join('')}</svg><p class="keys">${keys.join('')}</p></figure>`;
}

const colour = (at: number) => present(COLOURS[at % COLOURS.length]);

function niceTop(most: number): number {
  if (most <= 0) return 1;
  const step = 10 ** Math.floor(Math.log10(most));
  return [1, 1.5, 2, 3, 4, 5, 8, 10].map((times) => times * step).find((top) => top >= most) ?? most;
}

function short(value: number): string {
  if (value >= 1_000) return `${Math.round(value / 100) / 10}k`;
  return String(Math.round(value * 100) / 100);
}

export const inHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
