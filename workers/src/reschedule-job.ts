/**
 * Thrown by a handler that can do nothing yet, though nothing failed: the job runs again after `delayMs` and none of
 * its attempts is used up.
 */
export class RescheduleJob extends Error {
  override name = 'RescheduleJob';
  readonly delayMs: number;

  constructor(reason: string, delayMs: number) {
    super(reason);
    this.delayMs = delayMs;
  }
}
