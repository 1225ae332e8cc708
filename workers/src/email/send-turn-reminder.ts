import { markTurnReminderSent, takeTurnReminder } from '@shopfast/db/turn-reminders';
import type { JobPayload } from '@shopfast/kit/contracts/jobs';
import type { SendEmailDeps } from './send.ts';
import { renderPlaceMail, renderTurnReminder } from './turn-reminder.ts';

/**
 * Mails a waiter that the turn is near, or that the address joined again, once, unless it is too late. If the mail
 * server's answer is lost, a copy follows with the same Message-ID.
 */
export async function sendTurnReminder(
  { cause }: JobPayload<'email.turn'>,
  { sql, mailer, clock, mailDomain }: Pick<SendEmailDeps, 'sql' | 'mailer' | 'clock' | 'mailDomain'>,
): Promise<void> {
  const mail = await takeTurnReminder(sql, { cause, now: new Date(clock.now()) });
  if (!mail) return;
  const facts = { room: mail.room_name, resumeUrl: mail.resume_url, locale: mail.locale };
  const isTurn = mail.kind === 'turn_near';
  await mailer.send({
    ...(isTurn ? renderTurnReminder({ ...facts, stopUrl: mail.stop_url }) : renderPlaceMail(facts)),
    messageId: `<${mail.kind}.${cause.replaceAll(':', '.')}@${mailDomain}>`,
    to: mail.address,
    ...(mail.stop_url === null ? {} : { stopUrl: mail.stop_url }),
  });
  await markTurnReminderSent(sql, { cause, now: new Date(clock.now()) });
}
