import type { ReminderAnswer } from '@shopfast/kit/contracts/api';
import type { Answer } from '../../api/ask.ts';

/** The note about the mail, as a key of the catalogue. */
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

/** The note for an answer to a mail request. `undefined` is the body after a cancelled request. */
export function noteOf(answer: Answer<ReminderAnswer | undefined>): MailNote {
  if (answer.kind === 'ok') return answer.body ? `mail.${answer.body.state}` : 'mail.removed';
  return (answer.kind === 'refused' && REFUSALS[answer.refusal.code]) || 'mail.failed';
}
