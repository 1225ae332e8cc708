import type { AnswerStore } from '@shopfast/kit/admin/idempotency';
import type { Sql } from '../client.ts';
import { claimKey } from './claim.ts';
import { releaseKey, storeAnswer } from './settle.ts';

/** Stores answers of admin calls in Postgres. */
export const answerStore = (sql: Sql): AnswerStore => ({
  claim: (key, request) => claimKey(sql, key, request),
  keep: (key, answer) => storeAnswer(sql, key, answer),
  release: (key) => releaseKey(sql, key),
});
