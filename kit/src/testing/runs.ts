import { testEnv } from './env.ts';

/** `npm test` checks a property with some random inputs; the nightly run with this many times more. */
const TIMES = testEnv.propertyTimes;

/** Whether more than the usual cases are tested. */
export const isNightly = TIMES > 1;

/** How often a property is checked. */
export const runs = (number: number): number => number * TIMES;
