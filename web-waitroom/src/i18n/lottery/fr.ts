import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Vérifier le tirage',
  'page.language': 'Langue',
  'page.lead':
    'Votre numéro dans la file a été tiré au sort. Cette page le recalcule dans votre navigateur, à partir de ce qui a été publié. Rien de ce que vous saisissez n’est envoyé.',
  'page.no_script': 'Cette page calcule avec JavaScript. La recette dans la documentation s’en passe.',
  'form.index': 'Rang d’arrivée, indiqué sur votre reçu',
  'form.commitment': 'Publié avant l’ouverture (engagement)',
  'form.seed': 'Publié après (graine)',
  'form.size': 'Nombre de participants au tirage',
  'form.check': 'Calculer mon numéro',
  'result.number': 'Votre numéro est {number}',
  'result.kept': 'La graine est bien celle fixée avant que quiconque n’arrive.',
  'result.broken': 'La graine n’est PAS celle fixée auparavant. Adressez-vous à la boutique.',
  'result.late': 'Vous êtes arrivé après le tirage et suivez donc dans l’ordre d’arrivée.',
  'result.wrong': 'Saisissez des nombres entiers, et la graine.',
  'trouble.not_drawn': 'Ce tirage n’a pas encore eu lieu. Revenez après l’ouverture.',
  'trouble.no_lottery': 'Cette salle ne tire pas au sort : les numéros suivent l’ordre d’arrivée.',
  'trouble.away': 'La salle ne répond pas pour l’instant. Vous pouvez saisir les valeurs vous-même.',
} as const satisfies TranslationOf<typeof en>;
