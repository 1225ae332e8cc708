/**
 * A handler throws this when there is nothing to do yet but nothing failed: the job runs again after `delayMs` without
 * using up an attempt.
 */
export class RescheduleJob extends Error {
  override name = 'RescheduleJob';
  readonly delayMs: number;

  constructor(reason: string, delayMs: number) {
    super(reason);
    this.delayMs = delayMs;
  }
}
