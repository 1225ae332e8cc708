import type { Family } from './case.ts';
import { tokens } from './families/tokens.ts';

/** Every family, in the order of the list. */
export const FAMILIES: readonly Family[] = [tokens];
