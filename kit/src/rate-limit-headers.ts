import type { Budget, BudgetState } from './budget.ts';

/**
 * Sets the headers with the state of a budget, as in the IETF draft "RateLimit header fields for HTTP"
 * (draft-ietf-httpapi-ratelimit-headers-11, not yet a standard). They are structured fields: quota and window in the
 * policy, and separately the remaining quota and the seconds to the reset.
 */
export function setRateLimit(
  c: { header(name: string, value: string): void },
  budget: Budget,
  spent: BudgetState,
): void {
  c.header('RateLimit-Policy', `"${budget.name}";q=${budget.quota};w=${budget.windowSeconds}`);
  c.header('RateLimit', `"${budget.name}";r=${spent.remaining};t=${spent.resetSeconds}`);
}
