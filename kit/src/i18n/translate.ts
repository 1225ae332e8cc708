import { directionOf } from './locale.ts';
import { once } from './once.ts';

/** A compiled message, or one for each plural category of its language. `{name}` is a placeholder. */
export type Message = string | (Partial<Record<Intl.LDMLPluralRule, string>> & { other: string });
/**
 * For each key of a part of the texts, the arguments that its message takes; `unknown` for none. `kit/src/i18n/messages`
 * has these types, made from the English messages.
 */
export type Messages = { readonly [Key: string]: unknown };
/** The compiled messages of a part in one language. Only a message that takes `count` has several forms. */
export type Catalogue<M extends Messages> = {
  readonly [Key in keyof M]: M[Key] extends { count: number } ? Message : string;
};
/** The keys whose messages take no arguments. */
export type PlainKey<M extends Messages> = {
  [Key in keyof M & string]: unknown extends M[Key] ? Key : never;
}[keyof M & string];
export type Values = Readonly<Record<string, string | number>>;

/** A key that is one of several takes the arguments of all of them. */
type ArgumentsOf<M extends Messages, Key extends keyof M> = {
  [One in Key]: (values: M[One]) => void;
}[Key] extends (values: infer All) => void
  ? All
  : never;

type Given<Arguments> = unknown extends Arguments ? [] : [values: Arguments];

/** Formats the message of a key with its arguments. `count` chooses the plural; numbers follow the locale. */
export type Translate<M extends Messages> = <Key extends keyof M & string>(
  key: Key,
  ...values: Given<ArgumentsOf<M, Key>>
) => string;

/**
 * In right-to-left text, a name or an amount in the other direction is wrapped in these (first strong isolate, pop).
 * Otherwise it would reorder the words around it.
 */
const isolated = (value: string) => `\u2068${value}\u2069`;

/**
 * @param catalogue the compiled messages of one part in one language
 * @param locale BCP 47 tag for numbers and plurals
 */
export function createTranslate<M extends Messages>(catalogue: Catalogue<M>, locale: string): Translate<M> {
  const plurals = once(() => new Intl.PluralRules(locale));
  const numbers = once(() => new Intl.NumberFormat(locale));
  const placed = directionOf(locale) === 'rtl' ? isolated : (value: string) => value;
  const translate = (key: keyof M, values: Values = {}) => {
    const message: Message = catalogue[key];
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
  // The same function: `Translate` only says which values belong to which key.
  return translate as Translate<M>;
}
