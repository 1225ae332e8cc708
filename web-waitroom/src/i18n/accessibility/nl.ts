import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Toegankelijkheid',
  'page.language': 'Taal',
  'page.lead': 'Deze wachtruimte en haar winkel zijn er voor iedereen. Ze streven naar WCAG 2.2, niveau AA.',
  'rely.title': 'Waar u op kunt rekenen',
  'rely.text':
    'Alles werkt met alleen het toetsenbord, met een schermlezer, bij 400 % zoom, licht en donker, en met weinig beweging. Wat tijdens het wachten verandert, wordt rustig en niet te vaak voorgelezen. De wachtruimte werkt ook zonder JavaScript.',
  'known.title': 'Hoe we dat weten',
  'known.text':
    'Voor elke versie wordt elke pagina in elke toestand getest in een echte browser: volgens regels, met het toetsenbord en in talen van rechts naar links.',
  'limits.title': 'Wat nog ontbreekt',
  'limits.text':
    'De winkel en de controle van een loting hebben JavaScript nodig, net als een ruimte die elke browser controleert.',
  'contact.title': 'Zit u iets in de weg?',
  'contact.text':
    'Vertel het de winkel die hier verkoopt: wat u wilde doen, en met welke browser of welk hulpmiddel.',
} as const satisfies TranslationOf<typeof en>;
