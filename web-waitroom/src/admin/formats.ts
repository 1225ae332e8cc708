import { type Amounts, createAmounts } from '@shopfast/kit/i18n/amounts';

/** Number and time formats of the dashboard. */
export type Formats = Amounts & {
  /** 1.2K: for the axis of a chart. */
  compact(value: number): string;
  /** A fraction (0–1) as a percentage. */
  percent(share: number): string;
  /** A rounded duration: "45 sec", "12 min", "3 hr". Takes seconds. */
  duration(seconds: number): string;
  /** "−5 min", "+40": a number or a text with its sign. */
  signed(value: number): string;
  /** Time of day without seconds, with the date if it is not the day of `now`. */
  time(at: number, now: number): string;
};

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

export function createFormats(locale: string): Formats {
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const signed = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero', maximumFractionDigits: 0 });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const amounts = createAmounts(locale);
  const unit = (name: string, digits = 0) =>
    new Intl.NumberFormat(locale, {
      ...{ style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits },
    });
  const isSameDay = (one: number, other: number) =>
    new Date(one).toDateString() === new Date(other).toDateString();

  return {
    ...amounts,
    compact: (value) => compact.format(value),
    percent: (share) => percent.format(share),
    signed: (value) => signed.format(value),
    duration(seconds) {
      if (seconds < 1.5 * MINUTE) return unit('second').format(Math.round(seconds));
      if (seconds < 1.5 * HOUR) return unit('minute').format(Math.round(seconds / MINUTE));
      if (seconds < 2 * DAY) return unit('hour', 1).format(seconds / HOUR);
      return unit('day').format(Math.round(seconds / DAY));
    },
    time: (at, now) => (isSameDay(at, now) ? time.format(at) : amounts.moment(at)),
  };
}
