import type { AnswerStore } from '@shopfast/kit/admin/idempotency';
import type { Sql } from '../client.ts';
import { claimKey } from './claim.ts';
import { giveKeyBack, keepAnswer } from './settle.ts';

/** Stores answers of admin calls in Postgres. */
export const answerStore = (sql: Sql): AnswerStore => ({
  claim: (key, request) => claimKey(sql, key, request),
  keep: (key, answer) => keepAnswer(sql, key, answer),
  giveBack: (key) => giveKeyBack(sql, key),
});
