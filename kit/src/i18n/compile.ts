import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import type { Message } from './translate.ts';

/** A message that {@link compileMessage} refuses. Its text says what to change. */
export class MessageError extends Error {}

/** A message in the form that `createTranslate` reads, and what it needs. */
export type Compiled = {
  message: Message;
  /** The arguments by name: `number` if only a number is correct. */
  args: Map<string, 'number' | 'text'>;
};

const PLURAL_FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;
type PluralForm = (typeof PLURAL_FORMS)[number];

/**
 * Compiles a message in ICU MessageFormat: text, `{name}`, `{name, number}`, and one plural of `count`, anywhere in it.
 * That is what our messages need. A page stays small because it carries no more than that.
 * @throws MessageError for other syntax
 */
export function compileMessage(icu: string): Compiled {
  const args: Compiled['args'] = new Map();
  const elements = parsed(icu);
  const plurals = elements.filter((element) => element.type === TYPE.plural);
  const [plural] = plurals;
  if (!plural) return { message: textOf(elements, args), args };
  if (plurals.length > 1) throw new MessageError('has two plurals: put the whole sentence into one');
  if (plural.value !== 'count') throw new MessageError(`has a plural of "${plural.value}": call it "count"`);
  if (plural.pluralType !== 'cardinal') throw new MessageError('has a selectordinal: only plural is read');
  if (plural.offset) throw new MessageError('has an offset: only plain plurals are read');
  args.set('count', 'number');
  const forms = Object.entries(plural.options).map(([form, { value }]) => {
    if (!isPluralForm(form)) throw new MessageError(`has the form "${form}": use ${PLURAL_FORMS.join(', ')}`);
    // The words around the plural belong to each form.
    const whole = elements.flatMap((element) => (element === plural ? value : [element]));
    return [form, textOf(whole, args)] as const;
  });
  const { other = '', ...others } = Object.fromEntries(inOrder(forms));
  return { message: { ...others, other }, args };
}

function parsed(icu: string): MessageFormatElement[] {
  try {
    return parse(icu, { ignoreTag: true, requiresOtherClause: true });
  } catch (error) {
    throw new MessageError(`is not ICU MessageFormat: ${error instanceof Error ? error.message : error}`);
  }
}

/** The text with its placeholders, as `createTranslate` reads it. */
function textOf(elements: MessageFormatElement[], args: Compiled['args']): string {
  return elements.map((element) => partOf(element, args)).join('');
}

function partOf(element: MessageFormatElement, args: Compiled['args']): string {
  switch (element.type) {
    case TYPE.literal:
      if (/[{}]/.test(element.value)) throw new MessageError('has a brace in its text: use other brackets');
      return element.value;
    case TYPE.argument:
      if (!args.has(element.value)) args.set(element.value, 'text');
      return `{${element.value}}`;
    case TYPE.number:
      if (element.style) throw new MessageError(`has a style for the number "${element.value}"`);
      args.set(element.value, 'number');
      return `{${element.value}}`;
    case TYPE.pound:
      return '{count}';
    case TYPE.plural:
      throw new MessageError('has a plural inside another');
    default:
      throw new MessageError('has a select, a date, a time or a tag: only arguments and a plural are read');
  }
}

const isPluralForm = (form: string): form is PluralForm => PLURAL_FORMS.some((known) => known === form);

const inOrder = (forms: (readonly [PluralForm, string])[]) =>
  forms.sort(([one], [other]) => PLURAL_FORMS.indexOf(one) - PLURAL_FORMS.indexOf(other));
