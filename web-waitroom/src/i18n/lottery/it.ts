import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Controlla il sorteggio',
  'page.language': 'Lingua',
  'page.lead':
    'Il tuo numero in fila è stato sorteggiato. Questa pagina lo ricalcola nel tuo browser, da ciò che è stato pubblicato. Nulla di ciò che inserisci viene inviato.',
  'page.no_script': 'Questa pagina calcola con JavaScript. La procedura nella documentazione ne fa a meno.',
  'form.index': 'Indice di arrivo, dalla tua ricevuta',
  'form.commitment': 'Pubblicato prima dell’apertura (impegno)',
  'form.seed': 'Pubblicato dopo (seme)',
  'form.size': 'Per quanti è stato il sorteggio',
  'form.check': 'Calcola il mio numero',
  'result.number': 'Il tuo numero è {number}',
  'result.kept': 'Il seme è quello fissato prima che arrivasse chiunque.',
  'result.broken': 'Il seme NON è quello fissato prima. Chiedi al negozio.',
  'result.late': 'Sei arrivato dopo il sorteggio, quindi segui in ordine di arrivo.',
  'result.wrong': 'Inserisci numeri interi e il seme.',
  'trouble.not_drawn': 'Il sorteggio non è ancora avvenuto. Torna dopo l’apertura.',
  'trouble.no_lottery': 'In questa sala non c’è sorteggio: i numeri seguono l’ordine di arrivo.',
  'trouble.away': 'Ora la sala non risponde. Puoi inserire i valori a mano.',
} as const satisfies TranslationOf<typeof en>;
