import { useEffect, useId, useRef, useState } from 'react';
import uPlot from 'uplot';
import { useAppContext } from '../app-context.tsx';

export type Series = {
  label: string;
  /** The name of one of the page's colours. */
  colour: '--accent' | '--warn' | '--soft' | '--bad';
  /** One value per time; null: unknown. */
  values: readonly (number | null)[];
  look: 'area' | 'line' | 'limit';
};

type Props = {
  title: string;
  /** Seconds since 1970, ascending. */
  times: readonly number[];
  series: readonly Series[];
};

const HEIGHT = 150;
/** The table has one row for every five minutes. */
const TABLE_STEP_SECONDS = 300;

/** A chart of the last hour, with a summary in words and a table for people who cannot see it. */
export function Chart({ title, times, series }: Props) {
  const { t, formats } = useAppContext();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const id = useId();
  const scheme = useColourScheme();
  const shape = JSON.stringify(series.map(({ label, colour, look }) => [label, colour, look]));
  const data = useRef<uPlot.AlignedData>([[]]);
  data.current = dataOf(times, series);

  // biome-ignore lint/correctness/useExhaustiveDependencies: must be drawn again when its shape or the colours change
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const made = new uPlot(
      {
        ...optionsFor(series, formats, element.clientWidth),
        hooks: { setCursor: [(u) => setPointed(u.cursor.idx ?? null)] },
      },
      data.current,
      element,
    );
    plot.current = made;
    const resize = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [shape, scheme, formats]);

  useEffect(() => {
    plot.current?.setData(dataOf(times, series));
  }, [times, series]);

  const shown = pointed !== null && pointed < times.length ? pointed : times.length - 1;
  const time = times[shown];
  return (
    <figure className="chart card" aria-labelledby={id}>
      <figcaption>
        <h3 id={id}>{title}</h3>
        <p className="readout">
          {time !== undefined && (
            <>
              <time>{pointed === null ? t('chart.now') : formats.clock(time * 1_000)}</time>
              {series.map(({ label, colour, values, look }) => (
                <span key={label} className={`key ${look} of${colour}`}>
                  {label} <b>{number(values[shown], formats.number)}</b>
                </span>
              ))}
            </>
          )}
        </p>
      </figcaption>
      <div ref={place} className="plot" aria-hidden="true" />
      <details>
        <summary>
          {t('chart.table')} <span className="unseen">{title}</span>
        </summary>
        <ChartTable {...{ title, times, series }} />
      </details>
    </figure>
  );
}

function ChartTable({ title, times, series }: Props) {
  const { t, formats } = useAppContext();
  const rows = times.flatMap((time, i) =>
    slotOf(time) === slotOf(times[i + 1] ?? Number.NaN) ? [] : [{ time, i }],
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="scroll" tabIndex={0} aria-label={title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('chart.time')}</th>
            {series.map(({ label }) => (
              <th key={label} scope="col" className="figure">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.reverse().map(({ time, i }) => (
            <tr key={time}>
              <th scope="row">{formats.clock(time * 1_000)}</th>
              {series.map(({ label, values }) => (
                <td key={label} className="figure">
                  {number(values[i], formats.number)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The library's form: it takes no readonly lists. */
const dataOf = (times: readonly number[], series: readonly Series[]): uPlot.AlignedData => [
  [...times],
  ...series.map(({ values }) => [...values]),
];

const slotOf = (time: number) => Math.floor(time / TABLE_STEP_SECONDS);
const number = (value: number | null | undefined, format: (value: number) => string) =>
  value == null ? '–' : format(value);

function optionsFor(
  series: readonly Series[],
  formats: { compact(value: number): string; time(at: number, now: number): string },
  width: number,
): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const font = '12px system-ui, sans-serif';
  const axis = { stroke: colour('--soft'), font, ticks: { show: false } };
  return {
    ...{ width, height: HEIGHT, legend: { show: false } },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: { y: { range: (_u, _min, max) => [0, Math.max(4, Math.ceil((max ?? 0) * 1.08))] } },
    axes: [
      {
        ...axis,
        ...{ grid: { show: false }, space: 64, size: 26 },
        values: (_u, splits) => splits.map((split) => formats.time(split * 1_000, split * 1_000)),
      },
      {
        ...axis,
        ...{ grid: { stroke: colour('--line'), width: 1 }, space: 36, size: 46 },
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6],
        values: (_u, splits) => splits.map((split) => formats.compact(split)),
      },
    ],
    series: [
      {},
      ...series.map(({ label, colour: name, look }) => ({
        label,
        stroke: colour(name),
        width: look === 'limit' ? 1.5 : 2,
        points: { show: false },
        ...(look === 'area' ? { fill: faint(colour(name)) } : {}),
        ...(look === 'limit' ? { dash: [6, 5] } : {}),
      })),
    ],
  };
}

/** The same colour, almost transparent. */
const faint = (hex: string) => (/^#[0-9a-f]{6}$/i.test(hex) ? `${hex}22` : 'transparent');

/** Whether the system uses dark colours. A canvas does not follow the scheme by itself. */
function useColourScheme(): boolean {
  const [isDark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => setDark(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return isDark;
}
