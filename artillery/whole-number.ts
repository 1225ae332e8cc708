import { OptionsError } from './options-error.ts';

/** @throws OptionsError naming the option, its bounds and what was given */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new OptionsError(`--${name} must be a whole number from ${least} to ${most}, not "${text}".`);
}
