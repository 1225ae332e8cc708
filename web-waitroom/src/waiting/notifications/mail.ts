import type { ReminderAnswer } from '@shopfast/kit/contracts/api';
import type { Answer } from '../../api/ask.ts';

/** What is said about the mail, as a key of the catalogue. */
export type MailNote =
  | 'mail.set'
  | 'mail.sent'
  | 'mail.removed'
  | 'mail.wrong'
  | 'mail.refused'
  | 'mail.late'
  | 'mail.failed';

const REFUSALS: Record<string, MailNote> = {
  invalid_request: 'mail.wrong',
  reminder_refused: 'mail.refused',
  not_waiting: 'mail.late',
};

/** What the answer to a wish for a mail means to the waiter; `undefined` is the body of one that was given up. */
export function noteOf(answer: Answer<ReminderAnswer | undefined>): MailNote {
  if (answer.kind === 'ok') return answer.body ? `mail.${answer.body.state}` : 'mail.removed';
  return (answer.kind === 'refused' && REFUSALS[answer.refusal.code]) || 'mail.failed';
}
