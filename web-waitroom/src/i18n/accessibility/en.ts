import type { Catalogue } from '@shopfast/kit/i18n/translate';

/** The accessibility statement, in English. */
const en = {
  'page.title': 'Accessibility',
  'page.language': 'Language',
  'page.lead': 'This waiting room and its shop are for everybody. They aim to meet WCAG 2.2, level AA.',
  'rely.title': 'What you can rely on',
  'rely.text':
    'Everything works by keyboard alone, with a screen reader, at a zoom of 400 %, in light and dark, and with reduced motion. Screen readers announce changes politely, and not too often. The waiting room also works without JavaScript.',
  'known.title': 'How we know',
  'known.text':
    'Before each release, every page and state is tested in a real browser: with automated rules, by keyboard, and in right-to-left languages.',
  'limits.title': 'Known limits',
  'limits.text': 'The shop, the lottery check and rooms that check every browser need JavaScript.',
  'contact.title': 'Did you find a problem?',
  'contact.text':
    'Please tell the shop that runs this sale. Say what you wanted to do, and which browser or assistive technology you use.',
} as const satisfies Catalogue;

export default en;
