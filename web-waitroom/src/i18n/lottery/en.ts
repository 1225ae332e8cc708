import type { Catalogue } from '@shopfast/kit/i18n/translate';

/** The texts of the page that checks a lottery, in English. */
const en = {
  'page.title': 'Check the draw',
  'page.language': 'Language',
  'page.lead':
    'Your number in line was drawn by lot. This page computes it again in your browser, from the published values. Nothing that you enter is sent.',
  'page.no_script':
    'This page needs JavaScript. The documentation describes how to compute the number without it.',
  'form.index': 'Arrival index, from your receipt',
  'form.commitment': 'Published before the doors opened (commitment)',
  'form.seed': 'Published after the draw (seed)',
  'form.size': 'Number of people in the draw',
  'form.check': 'Compute my number',
  'result.number': 'Your number is {number}',
  'result.kept': 'The seed matches the commitment that was published before anybody joined.',
  'result.broken': 'The seed does NOT match the commitment that was published before. Ask the shop.',
  'result.late': 'You joined after the draw, so your number follows the order of arrival.',
  'result.wrong': 'Please enter whole numbers, and the seed.',
  'trouble.not_drawn': 'This lottery is not drawn yet. Try again when the doors have opened.',
  'trouble.no_lottery': 'This room has no lottery: numbers follow the order of arrival.',
  'trouble.away': 'The room does not answer right now. You can enter the values by hand.',
} as const satisfies Catalogue;

export default en;
