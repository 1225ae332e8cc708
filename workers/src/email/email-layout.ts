import { escapeHtml } from '@shopfast/kit/escape-html';
import { directionOf } from '@shopfast/kit/i18n/locale';

type Link = { text: string; url: string };

/** The parts of a mail in reading order, all plain text. */
export type EmailLayout = {
  /** BCP 47 */
  locale: string;
  subject: string;
  before: string[];
  link: Link;
  after?: string[];
  /** How to stop these mails, in small print. */
  stop?: Link;
};

/** Subject, text and HTML body of a mail. The subject is always one line. */
export function renderEmailLayout(content: EmailLayout): { subject: string; text: string; html: string } {
  const { before, link, after = [], stop } = content;
  const subject = oneLine(content.subject);
  const links = stop ? [link, stop] : [link];
  const [first, ...last] = links.map(({ text, url }) => `${text}\n${url}`);
  return {
    subject,
    text: [...before, first, ...after, ...last].join('\n\n'),
    html: layout({ ...content, subject }),
  };
}

function layout({ subject, before, link, after = [], stop, locale }: EmailLayout): string {
  const paragraphs = (texts: string[]) => texts.map((text) => `<p>${escapeHtml(text)}</p>`);
  const anchor = ({ text, url }: Link) => `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`;
  const body = [
    ...paragraphs(before),
    `<p>${anchor(link)}</p>`,
    ...paragraphs(after),
    ...(stop ? [`<p style="font-size: .875rem">${anchor(stop)}</p>`] : []),
  ];
  return `<!doctype html>
<html lang="${escapeHtml(locale)}" dir="${directionOf(locale)}">
<head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body dir="${directionOf(locale)}" style="font-family: system-ui, sans-serif; line-height: 1.5; max-width: 36rem; margin: 2rem auto; padding: 0 1rem">
<h1 style="font-size: 1.25rem">${escapeHtml(subject)}</h1>
${body.join('\n')}
</body>
</html>
`;
}

/** Text from outside as a single line. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
