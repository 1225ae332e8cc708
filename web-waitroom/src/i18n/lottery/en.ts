import type { Catalogue } from '@shopfast/kit/i18n/translate';

/** The texts of the page that checks a lottery, in English. */
const en = {
  'page.title': 'Check the draw',
  'page.language': 'Language',
  'page.lead':
    'Your number in line was drawn. This page computes it again, in your browser, from what was published. Nothing you enter is sent.',
  'page.no_script': 'This page computes with JavaScript. The recipe in the documentation works without it.',
  'form.index': 'Arrival index, from your receipt',
  'form.commitment': 'Published before the doors opened (commitment)',
  'form.seed': 'Published after (seed)',
  'form.size': 'How many were drawn for',
  'form.check': 'Compute my number',
  'result.number': 'Your number is {number}',
  'result.kept': 'The seed is the one that was committed to before anybody joined.',
  'result.broken': 'The seed is NOT the one that was committed to before. Ask the shop.',
  'result.late': 'You came after the draw, so you follow in the order of arrival.',
  'result.wrong': 'Please enter whole numbers, and the seed.',
  'trouble.not_drawn': 'This lottery is not drawn yet. Come back when the doors have opened.',
  'trouble.no_lottery': 'This room draws no lottery: numbers follow the order of arrival.',
  'trouble.away': 'The room does not answer right now. You can enter the values by hand.',
} as const satisfies Catalogue;

export default en;
