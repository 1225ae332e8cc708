import { languageFor } from './language.ts';
import { oneLine, writeLetter } from './letter.ts';

export type TurnFacts = {
  /** The room's name. */
  room: string;
  /** It is the shopper's place: whoever opens it has that. */
  resumeUrl: string;
  stopUrl: string;
  /** BCP 47 */
  locale: string | null;
};

/** The mail "your turn is near", in the shopper's language. Nothing that the shopper typed stands in it: the address may be another's. */
export function renderTurnMail({ room, resumeUrl, stopUrl, locale: wanted }: TurnFacts) {
  const { locale, t } = languageFor(wanted);
  const values = { room: oneLine(room) };
  return writeLetter({
    locale,
    subject: t('turn_near.subject', values),
    before: [t('turn_near.lead', values), t('turn_near.more')],
    link: { text: t('turn_near.link'), url: resumeUrl },
    after: [t('turn_near.why')],
    stop: { text: t('turn_near.stop'), url: stopUrl },
  });
}
