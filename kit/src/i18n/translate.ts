import { directionOf } from './locale.ts';
import { once } from './once.ts';

/** A message, or one for each plural category of its language. `{name}` is a placeholder. */
export type Message = string | (Partial<Record<Intl.LDMLPluralRule, string>> & { other: string });
export type Catalogue = Readonly<Record<string, Message>>;
/** A translation has exactly the keys of its source catalogue. */
export type TranslationOf<C extends Catalogue> = { readonly [Key in keyof C]: Message };
export type Values = Readonly<Record<string, string | number>>;
/** Formats the message of a key with its values. `count` chooses the plural; numbers follow the locale. */
export type Translate<C extends Catalogue> = (key: keyof C & string, values?: Values) => string;

/**
 * In right-to-left text, a name or an amount in the other direction is wrapped in these (first strong isolate, pop).
 * Otherwise it would reorder the words around it.
 */
const isolated = (value: string) => `\u2068${value}\u2069`;

/**
 * @param catalogue the messages of one page in one language
 * @param locale BCP 47 tag for numbers and plurals
 */
export function createTranslate<C extends Catalogue>(catalogue: C, locale: string): Translate<C> {
  const plurals = once(() => new Intl.PluralRules(locale));
  const numbers = once(() => new Intl.NumberFormat(locale));
  const placed = directionOf(locale) === 'rtl' ? isolated : (value: string) => value;
  return (key, values = {}) => {
    // `key` is a key of this catalogue, whose values are messages.
    const message = catalogue[key] as Message;
    const { count } = values;
    const text =
      typeof message === 'string'
        ? message
        : (typeof count === 'number' && message[plurals().select(count)]) || message.other;
    return text.replace(/\{(\w+)\}/g, (place, name: string) => {
      const value = values[name];
      if (typeof value === 'number') return numbers().format(value);
      return value === undefined ? place : placed(value);
    });
  };
}
