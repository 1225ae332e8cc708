import type { Budget, Spent } from './budget.ts';

/**
 * Says what a budget is and what is left of it, as in the IETF draft "RateLimit header fields for HTTP"
 * (draft-ietf-httpapi-ratelimit-headers-11, a draft and no standard yet): structured fields, quota and window in the
 * policy, remaining and seconds to the reset beside it.
 */
export function setRateLimit(
  c: { header(name: string, value: string): void },
  budget: Budget,
  spent: Spent,
): void {
  c.header('RateLimit-Policy', `"${budget.name}";q=${budget.quota};w=${budget.windowSeconds}`);
  c.header('RateLimit', `"${budget.name}";r=${spent.remaining};t=${spent.resetSeconds}`);
}
