// The texts that people read, kit/src/i18n/catalogues: every message in every language, none unused, and its types up to date.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueErrors } from '@shopfast/kit/i18n/catalogue-errors';
import { compilePart, languagesOf, partsOfTexts, readMessages } from '@shopfast/kit/i18n/catalogues';
import { MessageError } from '@shopfast/kit/i18n/compile';
import { LOCALES } from '@shopfast/kit/i18n/locale';
import { messageTypes } from '@shopfast/kit/i18n/message-types';
import { root } from '../project.mjs';

const I18N = join(root, 'kit', 'src', 'i18n');

/**
 * The code that uses each part. The types compare `problems` with the codes in kit/src/errors.ts, in both directions.
 * @type {Record<string, string[]>}
 */
const USED_IN = {
  waiting: ['web-waitroom/src/waiting', 'gateway/src/no-js-page'],
  notifications: ['web-waitroom/src/waiting/notifications'],
  shop: ['web-waitroom/src/shop', 'web-waitroom/src/app'],
  admin: ['web-waitroom/src/admin', 'web-waitroom/src/app'],
  lottery: ['web-waitroom/src/lottery'],
  accessibility: ['web-waitroom/src/accessibility'],
  mails: ['workers/src/email'],
  'mail-pages': ['gateway/src/reminders', 'gateway/src/pages'],
};

/** @returns {string[]} one line per problem */
export const textProblems = () => partsOfTexts().flatMap(problemsOf);

/** @param {string} part */
function problemsOf(part) {
  const languages = languagesOf(part);
  const errors = [
    ...LOCALES.filter((locale) => !languages.includes(locale)).map((locale) => `there is no ${locale}.json`),
    ...languages
      .filter((language) => !LOCALES.some((locale) => locale === language))
      .map((language) => `${language}.json is in no language of kit/src/i18n/locale.ts`),
    ...languages.flatMap((language) => translationErrors(part, language)),
    ...unusedKeys(Object.keys(readMessages(part, 'en')), codeOf(part)).map((key) => `en: "${key}" is unused`),
    ...(typesAreCurrent(part) ? [] : ['the types are out of date: npm run messages']),
    ...noteErrors(part),
  ];
  return errors.map((error) => `kit/src/i18n/catalogues/${part}: ${error}`);
}

/** @param {string} part @param {string} language */
function translationErrors(part, language) {
  try {
    return catalogueErrors(messagesOf(part, 'en'), messagesOf(part, language), language);
  } catch (error) {
    if (error instanceof MessageError) return [error.message];
    throw error;
  }
}

/** @param {string} part @param {string} language */
const messagesOf = (part, language) =>
  Object.fromEntries(Object.entries(compilePart(part, language)).map(([key, { message }]) => [key, message]));

/** @param {string} part */
function typesAreCurrent(part) {
  const path = join(I18N, 'messages', `${part}.ts`);
  return existsSync(path) && readFileSync(path, 'utf8') === messageTypes(part);
}

/** Notes for translators are optional, but belong to a message. @param {string} part */
function noteErrors(part) {
  const path = join(I18N, 'notes', `${part}.json`);
  if (!existsSync(path)) return [];
  const keys = Object.keys(readMessages(part, 'en'));
  return Object.keys(JSON.parse(readFileSync(path, 'utf8')))
    .filter((key) => !keys.includes(key))
    .map((key) => `notes: "${key}" is not in the source`);
}

/** @param {string} part @returns {string | undefined} */
const codeOf = (part) => USED_IN[part]?.map(codeIn).join('\n');

/** @param {string} folder */
function codeIn(folder) {
  const path = join(root, folder);
  if (!existsSync(path)) return '';
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test)\.(?:tsx?|html)$/.test(name))
    .map((name) => readFileSync(join(path, name), 'utf8'))
    .join('\n');
}

/**
 * The keys that no code says. A key with a variable part counts for its family: `trouble.${…}` uses all keys that start
 * with `trouble.`.
 * @param {string[]} keys @param {string | undefined} code
 */
export function unusedKeys(keys, code) {
  if (code === undefined) return [];
  const families = [...code.matchAll(/`([\w.]*)\$\{[^}]*\}([\w.]*)`/g)]
    .map(([, start = '', end = '']) => ({ start, end }))
    .filter(({ start, end }) => /\./.test(start + end));
  return keys.filter(
    (key) =>
      !code.includes(`'${key}'`) &&
      !code.includes(`:${key}%`) &&
      !families.some(({ start, end }) => key.startsWith(start) && key.endsWith(end)),
  );
}
