import { languageFor } from './catalogues.ts';
import { oneLine, renderEmailLayout } from './email-layout.ts';

export type TurnReminderFacts = {
  /** The room's name. */
  room: string;
  /** This link is the shopper's place: anybody who opens it gets the place. */
  resumeUrl: string;
  /** Null: the mail has no such link. */
  stopUrl: string | null;
  /** BCP 47 */
  locale: string | null;
};

/**
 * The mail "your turn is near", in the shopper's language. It contains nothing that the shopper typed, because the
 * address may be another's.
 */
export function renderTurnReminder({ room, resumeUrl, stopUrl, locale: wanted }: TurnReminderFacts) {
  const { locale, t } = languageFor(wanted);
  const values = { room: oneLine(room) };
  return renderEmailLayout({
    locale,
    subject: t('turn_near.subject', values),
    before: [t('turn_near.lead', values), t('turn_near.more')],
    link: { text: t('turn_near.link'), url: resumeUrl },
    after: [t('turn_near.why')],
    ...(stopUrl === null ? {} : { stop: { text: t('turn_near.stop'), url: stopUrl } }),
  });
}

/**
 * The mail about a second join with one address. It contains nothing that was typed either. Its link proves that the
 * reader owns the mailbox.
 */
export function renderPlaceMail({ room, resumeUrl, locale: wanted }: Omit<TurnReminderFacts, 'stopUrl'>) {
  const { locale, t } = languageFor(wanted);
  const values = { room: oneLine(room) };
  return renderEmailLayout({
    locale,
    subject: t('place_joined.subject', values),
    before: [t('place_joined.lead', values), t('place_joined.more')],
    link: { text: t('place_joined.link'), url: resumeUrl },
  });
}
