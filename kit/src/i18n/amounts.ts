import { once } from './once.ts';

/** Formats numbers and times for one locale. */
export type Times = {
  number(value: number): string;
  /** "3–5 minutes", "40 seconds", "1.5–2 hours": takes seconds, rounded up to a useful precision. */
  span(low: number, high: number): string;
  /** Remaining time: "0:42", "12:05", "1:00:00", "3 days". Takes milliseconds; never below zero. */
  countdown(ms: number): string;
  /** Time of day with seconds, from ms since 1970. */
  clock(at: number): string;
  /** Date and time of day, from ms since 1970. */
  moment(at: number): string;
};

/** Also the formats that only a shop needs. */
export type Amounts = Times & {
  /** Money, from minor units: 1999 EUR is €19.99, 1999 JPY is ¥1,999. */
  money(minor: number, currency: string): string;
  /** "a, b and c". */
  list(items: readonly string[]): string;
};

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Formatters are created on first use: on a slow phone each one takes longer than a frame. */
export function createTimes(locale: string): Times {
  const plain = once(() => new Intl.NumberFormat(locale));
  const twoDigits = once(() => new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 }));
  const clock = once(() => new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }));
  const moment = once(() => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }));
  const unit = (name: string) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'long',
      maximumFractionDigits: 1,
    });

  return {
    number: (value) => plain().format(value),

    span(low, high) {
      const scale = high < MINUTE ? SECONDS : high <= 90 * MINUTE ? MINUTES : HOURS;
      const to = scale.round(high);
      const from = Math.min(scale.round(low), to);
      const format = unit(scale.unit);
      // Browsers without `formatRange` show only the upper end of the range.
      return from === to || !format.formatRange ? format.format(to) : format.formatRange(from, to);
    },

    countdown(ms) {
      const seconds = Math.max(0, Math.ceil(ms / 1000));
      if (seconds >= 2 * DAY) return unit('day').format(Math.floor(seconds / DAY));
      const hours = Math.floor(seconds / HOUR);
      const minutes = Math.floor((seconds % HOUR) / MINUTE);
      const rest = twoDigits().format(seconds % MINUTE);
      if (hours === 0) return `${plain().format(minutes)}:${rest}`;
      return `${plain().format(hours)}:${twoDigits().format(minutes)}:${rest}`;
    },

    clock: (at) => clock().format(at),
    moment: (at) => moment().format(at),
  };
}

export function createAmounts(locale: string): Amounts {
  return {
    ...createTimes(locale),

    money(minor, currency) {
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
      const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
      return format.format(minor / 10 ** digits);
    },

    list: (items) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items),
  };
}

const SECONDS = { unit: 'second', round: (s: number) => Math.max(5, Math.ceil(s / 5) * 5) };
const MINUTES = { unit: 'minute', round: (s: number) => Math.max(1, Math.ceil(s / MINUTE)) };
const HOURS = { unit: 'hour', round: (s: number) => Math.max(0.5, Math.ceil((s / HOUR) * 2) / 2) };
