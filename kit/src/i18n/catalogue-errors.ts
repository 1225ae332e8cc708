import type { Message } from './translate.ts';

type Catalogue = Readonly<Record<string, Message>>;

/**
 * Checks a compiled translation. It finds missing and unused keys, placeholders that are missing or unknown, plural
 * categories that the language has and the message lacks, and missing no-break spaces before French punctuation.
 */
export function catalogueErrors(source: Catalogue, translation: Catalogue, locale: string): string[] {
  const missing = Object.keys(source).filter((key) => !Object.hasOwn(translation, key));
  const unused = Object.keys(translation).filter((key) => !Object.hasOwn(source, key));
  const common = Object.keys(source).filter((key) => Object.hasOwn(translation, key));
  return [
    ...missing.map((key) => `${locale}: "${key}" is missing`),
    ...unused.map((key) => `${locale}: "${key}" is not in the source`),
    ...common.flatMap((key) =>
      messageErrors(source[key]!, translation[key]!, locale).map((fault) => `${locale}: "${key}" ${fault}`),
    ),
  ];
}

function messageErrors(source: Message, message: Message, locale: string): string[] {
  const places = placesOf(source);
  const given = placesOf(message);
  const errors = [
    ...[...places].filter((place) => !given.has(place)).map((place) => `leaves out {${place}}`),
    ...[...given].filter((place) => !places.has(place)).map((place) => `has an unknown {${place}}`),
    ...Object.entries(forms(message))
      .filter(([, text]) => text.trim() === '')
      .map(([form]) => `says nothing (${form})`),
    ...Object.values(forms(message)).flatMap((text) => loneMarks(text, locale)),
  ];
  if (typeof message === 'string') return errors;
  if (typeof source === 'string') return [...errors, 'has a plural, and the source has none'];
  const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
  const lacking = pluralCategories.filter((category) => message[category] === undefined);
  return [...errors, ...lacking.map((category) => `has no plural "${category}"`)];
}

/** French sets a space before these marks. No line may break there. */
const loneMarks = (text: string, locale: string): string[] =>
  locale === 'fr' && / [;:!?»]|« /.test(text) ? ['needs U+00A0 before punctuation'] : [];

const forms = (message: Message): Record<string, string> =>
  typeof message === 'string' ? { other: message } : { ...message };

/** The names of all placeholders. In some languages the forms for one or two correctly omit the number. */
function placesOf(message: Message): Set<string> {
  const texts = Object.values(forms(message)).join(' ');
  return new Set([...texts.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!));
}
