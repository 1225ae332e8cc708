import { invalidRequest, StripeRefusal } from './errors.ts';

export type Answer = { status: number; body: string };
export type KeyedAnswer = Answer & { replayed: boolean; originalRequest: string };

type Entry = { fingerprint: string; requestId: string; expiresAt: number; answer?: Answer };

const KEEP_MS = 24 * 60 * 60 * 1_000;
const MAX_KEY_LENGTH = 255;
const SWEEP_EVERY = 1_000;

/**
 * Stores the answer to each idempotency key for 24 hours, as Stripe does: good or bad, 500s included. Only a request
 * that was refused before it was executed leaves its key free.
 */
export function createIdempotency(now: () => number) {
  const entries = new Map<string, Entry>();
  let sinceSweep = 0;

  /**
   * @param fingerprint of the request: the same key with another one is refused
   * @param work must return refusals of an executed request, not throw them: they are stored answers
   * @throws StripeRefusal 400 for a key of another request, 409 while its first use is running
   */
  async function once(
    key: string,
    fingerprint: string,
    requestId: string,
    work: () => Promise<Answer>,
  ): Promise<KeyedAnswer> {
    if (key.length > MAX_KEY_LENGTH)
      throw invalidRequest(`Idempotency keys may have ${MAX_KEY_LENGTH} characters at most.`);
    sweep();
    const known = entries.get(key);
    if (known && known.expiresAt > now()) return replay(key, known, fingerprint);

    const entry: Entry = { fingerprint, requestId, expiresAt: now() + KEEP_MS };
    entries.set(key, entry);
    try {
      entry.answer = await work();
      return { ...entry.answer, replayed: false, originalRequest: requestId };
    } catch (error) {
      entries.delete(key);
      throw error;
    }
  }

  function sweep(): void {
    sinceSweep += 1;
    if (sinceSweep < SWEEP_EVERY) return;
    sinceSweep = 0;
    for (const [key, { expiresAt }] of entries) if (expiresAt <= now()) entries.delete(key);
  }
  return { once };
}

function replay(key: string, known: Entry, fingerprint: string): KeyedAnswer {
  if (known.fingerprint !== fingerprint)
    throw new StripeRefusal(
      400,
      {
        type: 'idempotency_error',
        message:
          'Keys for idempotent requests can only be used with the same parameters they were first used with. ' +
          `Try using a key other than '${key}' if you meant to execute a different request.`,
      },
      false,
    );
  if (!known.answer)
    throw new StripeRefusal(
      409,
      {
        type: 'idempotency_error',
        code: 'idempotency_key_in_use',
        message: `There is currently another in-progress request using this Idempotent Key: ${key}. Please try again later.`,
      },
      false,
    );
  return { ...known.answer, replayed: true, originalRequest: known.requestId };
}
