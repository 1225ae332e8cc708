import type { Catalogue, Message } from './translate.ts';

/**
 * What is wrong with a translation, for tests: keys that are missing or nobody asks for, values that it leaves out or
 * makes up, plural categories that its language has and the message lacks, and breaks before French marks.
 */
export function catalogueFaults(source: Catalogue, translation: Catalogue, locale: string): string[] {
  const missing = Object.keys(source).filter((key) => !Object.hasOwn(translation, key));
  const unused = Object.keys(translation).filter((key) => !Object.hasOwn(source, key));
  const common = Object.keys(source).filter((key) => Object.hasOwn(translation, key));
  return [
    ...missing.map((key) => `${locale}: "${key}" is missing`),
    ...unused.map((key) => `${locale}: "${key}" is not in the source`),
    ...common.flatMap((key) =>
      messageFaults(source[key]!, translation[key]!, locale).map((fault) => `${locale}: "${key}" ${fault}`),
    ),
  ];
}

function messageFaults(source: Message, message: Message, locale: string): string[] {
  const places = placesOf(source);
  const given = placesOf(message);
  const faults = [
    ...[...places].filter((place) => !given.has(place)).map((place) => `leaves out {${place}}`),
    ...[...given].filter((place) => !places.has(place)).map((place) => `has an unknown {${place}}`),
    ...Object.entries(forms(message))
      .filter(([, text]) => text.trim() === '')
      .map(([form]) => `says nothing (${form})`),
    ...Object.values(forms(message)).flatMap((text) => loneMarks(text, locale)),
  ];
  if (typeof message === 'string') return faults;
  const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
  const lacking = pluralCategories.filter((category) => message[category] === undefined);
  return [...faults, ...lacking.map((category) => `has no plural "${category}"`)];
}

/** French sets a space before these, where no line may break. */
const loneMarks = (text: string, locale: string): string[] =>
  locale === 'fr' && / [;:!?»]|« /.test(text) ? ['would break its line before a mark: needs U+00A0'] : [];

const forms = (message: Message): Record<string, string> =>
  typeof message === 'string' ? { other: message } : { ...message };

/** The names of all values; that a form for one thing, or for two, says no number is right in some languages. */
function placesOf(message: Message): Set<string> {
  const texts = Object.values(forms(message)).join(' ');
  return new Set([...texts.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!));
}
