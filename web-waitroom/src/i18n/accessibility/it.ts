import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Accessibilità',
  'page.language': 'Lingua',
  'page.lead': 'Questa sala d’attesa e il suo negozio sono per tutti. Mirano al livello AA delle WCAG 2.2.',
  'rely.title': 'Su che cosa può contare',
  'rely.text':
    'Tutto funziona con la sola tastiera, con uno screen reader, con uno zoom del 400 %, in chiaro e in scuro, e con poco movimento. Ciò che cambia durante l’attesa viene letto con discrezione e non troppo spesso. La sala d’attesa funziona anche senza JavaScript.',
  'known.title': 'Come lo sappiamo',
  'known.text':
    'Prima di ogni versione, ogni pagina e ogni stato sono provati in un vero browser: con regole, con la tastiera e in lingue da destra a sinistra.',
  'limits.title': 'Che cosa manca',
  'limits.text':
    'Il negozio e la verifica di un sorteggio richiedono JavaScript, e così una sala che controlla ogni browser.',
  'contact.title': 'Qualcosa La ostacola?',
  'contact.text':
    'Lo dica al negozio che organizza questa vendita: che cosa voleva fare, e con quale browser o ausilio.',
} as const satisfies TranslationOf<typeof en>;
