import { isUnavailable } from '@shopfast/db/postgres-error';

/** On a busy machine a query of ours may run into the pool's time limit; that says nothing of the shop. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === 5 || !isUnavailable(error)) throw error;
    }
  }
}
