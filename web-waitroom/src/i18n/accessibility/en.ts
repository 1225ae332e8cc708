import type { Catalogue } from '@shopfast/kit/i18n/translate';

/** The accessibility statement, in English. */
const en = {
  'page.title': 'Accessibility',
  'page.language': 'Language',
  'page.lead': 'This waiting room and its shop are for everybody. They aim to meet WCAG 2.2, level AA.',
  'rely.title': 'What you can rely on',
  'rely.text':
    'Everything works by keyboard alone, with a screen reader, at a zoom of 400 %, in light and dark, and with little motion. What changes while you wait is read out politely, and not too often. The waiting room also works without JavaScript.',
  'known.title': 'How we know',
  'known.text':
    'Before each release, every page and state is tested in a real browser: by rules, by keyboard, and in languages from right to left.',
  'limits.title': 'What falls short',
  'limits.text':
    'The shop and the check of a lottery need JavaScript, and so does a room that checks every browser.',
  'contact.title': 'Is something in your way?',
  'contact.text':
    'Please tell the shop whose sale this is. Say what you wanted to do, and with which browser or aid.',
} as const satisfies Catalogue;

export default en;
