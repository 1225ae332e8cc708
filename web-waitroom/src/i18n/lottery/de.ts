import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Die Auslosung prüfen',
  'page.language': 'Sprache',
  'page.lead':
    'Ihre Nummer in der Schlange wurde ausgelost. Diese Seite berechnet sie in Ihrem Browser noch einmal, aus dem, was veröffentlicht wurde. Nichts, was Sie eingeben, wird gesendet.',
  'page.no_script': 'Diese Seite rechnet mit JavaScript. Die Anleitung in der Dokumentation geht auch ohne.',
  'form.index': 'Ankunftsnummer, von Ihrem Beleg',
  'form.commitment': 'Vor der Öffnung veröffentlicht (Commitment)',
  'form.seed': 'Danach veröffentlicht (Seed)',
  'form.size': 'Für wie viele gelost wurde',
  'form.check': 'Meine Nummer berechnen',
  'result.number': 'Ihre Nummer ist {number}',
  'result.kept': 'Der Seed ist der, der feststand, bevor sich jemand anstellte.',
  'result.broken': 'Der Seed ist NICHT der, der vorher feststand. Fragen Sie beim Shop nach.',
  'result.late': 'Sie kamen nach der Auslosung und folgen deshalb in der Reihenfolge der Ankunft.',
  'result.wrong': 'Bitte geben Sie ganze Zahlen und den Seed ein.',
  'trouble.not_drawn': 'Diese Auslosung steht noch aus. Kommen Sie wieder, wenn geöffnet ist.',
  'trouble.no_lottery': 'In diesem Raum wird nicht gelost: Die Nummern folgen der Ankunft.',
  'trouble.away': 'Der Raum antwortet gerade nicht. Sie können die Werte selbst eingeben.',
} as const satisfies TranslationOf<typeof en>;
