import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Barrierefreiheit',
  'page.language': 'Sprache',
  'page.lead':
    'Dieser Warteraum und sein Shop sind für alle da. Sie sollen die WCAG 2.2, Stufe AA, erfüllen.',
  'rely.title': 'Worauf Sie sich verlassen können',
  'rely.text':
    'Alles geht allein mit der Tastatur, mit einem Screenreader, bei 400 % Zoom, hell und dunkel und mit wenig Bewegung. Was sich beim Warten ändert, wird zurückhaltend und nicht zu oft vorgelesen. Der Warteraum geht auch ohne JavaScript.',
  'known.title': 'Woher wir das wissen',
  'known.text':
    'Vor jeder Version wird jede Seite in jedem Zustand in einem echten Browser geprüft: nach Regeln, mit der Tastatur und in Sprachen von rechts nach links.',
  'limits.title': 'Was noch fehlt',
  'limits.text':
    'Der Shop und die Prüfung einer Auslosung brauchen JavaScript, ebenso ein Raum, der jeden Browser prüft.',
  'contact.title': 'Steht Ihnen etwas im Weg?',
  'contact.text':
    'Bitte sagen Sie es dem Shop, der hier verkauft: was Sie tun wollten und mit welchem Browser oder Hilfsmittel.',
} as const satisfies TranslationOf<typeof en>;
