import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'panel.title': 'Mentre aspetti',
  'panel.close': 'Chiudi',

  'alert.title': 'Quando tocca a me',
  'alert.sound': 'Riproduci un suono',
  'alert.notification': 'Mostra una notifica',
  'alert.lead': 'Per questo, tieni aperta la pagina.',
  'alert.denied':
    'Qui il browser non consente notifiche. Puoi cambiarlo nelle sue impostazioni per questo sito.',
  'alert.body': 'Apri la pagina per andare al negozio.',

  'mail.title': 'E-mail quando il mio turno è vicino',
  'mail.lead':
    'Arriva circa dieci minuti prima del tuo turno. Fino ad allora puoi chiudere questa pagina; teniamo il tuo posto.',
  'mail.label': 'Indirizzo e-mail',
  'mail.send': 'Inviami l’e-mail',
  'mail.set': 'Scriveremo a {email}. Puoi chiudere questa pagina; teniamo il tuo posto.',
  'mail.sent': 'L’e-mail è già in arrivo.',
  'mail.remove': 'Niente e-mail, grazie',
  'mail.removed': 'Non arriverà nessuna e-mail.',
  'mail.wrong': 'Controlla l’indirizzo.',
  'mail.refused': 'Non possiamo scrivere a questo indirizzo. Indicane un altro.',
  'mail.late': 'Il tuo turno è troppo vicino per un’e-mail. Tieni aperta questa pagina.',
  'mail.failed': 'Non ha funzionato. Riprova tra un momento.',

  'move.title': 'Porta il tuo posto su un altro dispositivo',
  'move.lead':
    'Apri lì questo link e avrai lo stesso posto. Chi ha il link ha il tuo posto: non darlo a nessuno.',
  'move.label': 'Link al tuo posto',
  'move.copy': 'Copia il link',
  'move.copied': 'Copiato.',
  'move.by_hand': 'Il link è selezionato; copialo a mano.',
} as const satisfies TranslationOf<typeof en>;
