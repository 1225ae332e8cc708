import { isUnavailable } from '@shopfast/db/postgres-error';

/** On a busy machine our own query may run into the pool's time limit; that says nothing about the shop. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === 5 || !isUnavailable(error)) throw error;
    }
  }
}
