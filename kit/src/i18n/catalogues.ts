import { readdirSync, readFileSync } from 'node:fs';
import { catalogueErrors } from './catalogue-errors.ts';
import { type Compiled, compileMessage, MessageError } from './compile.ts';
import type { LocaleName } from './locale.ts';
import type { AccessibilityMessages } from './messages/accessibility.ts';
import type { AdminMessages } from './messages/admin.ts';
import type { LotteryMessages } from './messages/lottery.ts';
import type { MailPagesMessages } from './messages/mail-pages.ts';
import type { MailsMessages } from './messages/mails.ts';
import type { NotificationsMessages } from './messages/notifications.ts';
import type { ProblemsMessages } from './messages/problems.ts';
import type { ShopMessages } from './messages/shop.ts';
import type { WaitingMessages } from './messages/waiting.ts';
import { type Catalogue, createTranslate, type Message, type Translate } from './translate.ts';

/** All texts that people read, by part: `catalogues/waiting/de.json` and so on. */
type Parts = {
  accessibility: AccessibilityMessages;
  admin: AdminMessages;
  lottery: LotteryMessages;
  'mail-pages': MailPagesMessages;
  mails: MailsMessages;
  notifications: NotificationsMessages;
  problems: ProblemsMessages;
  shop: ShopMessages;
  waiting: WaitingMessages;
};
export type Part = keyof Parts;

const CATALOGUES = new URL('./catalogues/', import.meta.url);

/** The parts of the texts: the folders of `catalogues`. */
export const partsOfTexts = (): string[] => readdirSync(CATALOGUES).sort();

/** The languages of a part that have a file. */
export const languagesOf = (part: string): string[] =>
  readdirSync(new URL(`${part}/`, CATALOGUES)).map((file) => file.replace(/\.json$/, ''));

/** The messages of a part as translators write them, in ICU MessageFormat. */
export const readMessages = (part: string, language: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`${part}/${language}.json`, CATALOGUES), 'utf8'));

/** @throws MessageError that names the part, the language and the key */
export function compilePart(part: string, language: string): Record<string, Compiled> {
  return Object.fromEntries(
    Object.entries(readMessages(part, language)).map(([key, icu]) => {
      try {
        return [key, compileMessage(icu)];
      } catch (error) {
        throw error instanceof MessageError
          ? new MessageError(`${part}/${language}: "${key}" ${error.message}`)
          : error;
      }
    }),
  );
}

const messagesOf = (part: string, language: string) =>
  Object.fromEntries(Object.entries(compilePart(part, language)).map(([key, { message }]) => [key, message]));

type AnyCatalogue = Readonly<Record<string, Message>>;

const compiled = new Map<string, AnyCatalogue>();

/**
 * The compiled messages of a part in one language, in the order of the English ones. The pages get them when they are
 * built. A service, which runs without a build, compiles a language when somebody first reads it: 1 to 3 ms.
 * @throws MessageError if a message is missing, unknown or wrong. `npm run lint` finds it first.
 */
export function loadCatalogue<P extends Part>(part: P, language: LocaleName): Catalogue<Parts[P]> {
  const name = `${part}/${language}`;
  const catalogue = compiled.get(name) ?? checked(part, language);
  compiled.set(name, catalogue);
  // The generated types have exactly the keys of the English messages, and `checked` compares these.
  return catalogue as Catalogue<Parts[P]>;
}

function checked(part: Part, language: LocaleName): AnyCatalogue {
  const messages = messagesOf(part, language);
  if (language === 'en') return messages;
  const source = loadCatalogue(part, 'en');
  const errors = catalogueErrors(source, messages, language);
  if (errors.length > 0) throw new MessageError(errors.map((error) => `${part}: ${error}`).join('\n'));
  return Object.fromEntries(Object.keys(source).map((key) => [key, messages[key]!]));
}

/** Formats the messages of a part, with numbers as in the language's own region. */
export const translateOf = <P extends Part>(
  part: P,
  language: LocaleName,
  locale: string = language,
): Translate<Parts[P]> => createTranslate<Parts[P]>(loadCatalogue(part, language), locale);
