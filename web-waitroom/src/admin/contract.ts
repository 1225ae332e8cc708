import type { Check } from '../app/form-check.ts';
import type { CONTRACTS } from './contracts.ts';

/** Loads a form's check. */
export const contract = (name: keyof typeof CONTRACTS) => async (): Promise<Check> =>
  (await import('./contracts.ts')).CONTRACTS[name];
