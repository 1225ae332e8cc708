import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'order_received.subject': 'Ti stiamo tenendo da parte {what}',
  'order_received.lead': 'Grazie per il tuo ordine: {what}.',
  'order_received.more':
    'Gli articoli sono riservati mentre elaboriamo il pagamento di {amount}. Ti scriveremo appena sarà completato; non devi fare nulla.',
  'order_paid.subject': 'Il tuo ordine è pagato: {what}',
  'order_paid.lead': 'Abbiamo ricevuto il tuo pagamento di {amount}.',
  'order_paid.more': 'Ora è tuo: {what}. Grazie per l’acquisto!',
  'order_declined.subject': 'Il pagamento non è andato a buon fine: {what}',
  'order_declined.lead':
    'Il pagamento di {amount} per {what} è stato rifiutato. Non ti è stato addebitato nulla.',
  'order_declined.more':
    'Gli articoli sono di nuovo in vendita. Se ne restano, puoi rientrare nella sala d’attesa e pagare con un’altra carta.',
  'order_expired.subject': 'Il tuo ordine è scaduto: {what}',
  'order_expired.lead':
    'Il pagamento di {amount} non è arrivato in tempo, quindi non abbiamo potuto tenerti da parte {what} più a lungo. Non ti è stato addebitato nulla.',
  'order_expired.more': 'Se restano articoli, puoi rientrare nella sala d’attesa.',
  'order_refunded.subject': 'Ti rimborsiamo il pagamento: {what}',
  'order_refunded.lead': 'Ti abbiamo rimborsato {amount} per {what}.',
  'order_refunded.more':
    'A seconda della tua banca, ci vorranno alcuni giorni prima che il denaro torni sul conto.',
  'order_cancelled.subject': 'Il tuo ordine è annullato: {what}',
  'order_cancelled.lead':
    'Il tuo ordine ({what}) è annullato, come richiesto. Non ti è stato addebitato nulla.',
  'turn_near.subject': 'Tra poco tocca a te: {room}',
  'turn_near.lead': 'Nella sala d’attesa «{room}» tra poco tocca a te.',
  'turn_near.more':
    'Torna ora al tuo posto e tieni aperta la pagina: quando verrai chiamato avrai poco tempo per proseguire. Il link è il tuo posto, quindi non passarlo a nessuno.',
  'turn_near.link': 'Torna al mio posto',
  'turn_near.why':
    'Ricevi questa e-mail, e nessun’altra per questo posto, perché qualcuno ha indicato questo indirizzo nella sala d’attesa.',
  'turn_near.stop': 'Interrompi queste e-mail',
  'place_joined.subject': 'Due posti con il tuo indirizzo: {room}',
  'place_joined.lead':
    'Qualcuno è entrato nella sala d’attesa «{room}» con il tuo indirizzo, che ha già un posto. Conta un solo posto: il primo.',
  'place_joined.more':
    'Se eri tu su un altro dispositivo, continua lì. Se il primo non eri tu, apri questo link nel browser in cui aspetti: varrà il tuo posto e l’altro terminerà.',
  'place_joined.link': 'Vale il mio posto',
  'verify_email.subject': 'Conferma il tuo indirizzo e-mail',
  'verify_email.lead':
    'Qualcuno ha aperto un account con questo indirizzo. Se sei stato tu, confermalo qui entro un giorno:',
  'verify_email.more':
    'Ti verrà chiesta la password che hai scelto. Se non sei stato tu, non devi fare nulla: senza quella password nessuno può proseguire.',
  'reset_password.subject': 'Imposta una nuova password',
  'reset_password.lead':
    'Qualcuno ha chiesto una nuova password per il tuo account. Se sei stato tu, impostala qui entro un’ora:',
  'reset_password.more': 'Se non sei stato tu, non devi fare nulla: la tua password resta com’è.',
  'account_exists.subject': 'Hai già un account',
  'account_exists.lead':
    'Qualcuno ha cercato di aprire un account con questo indirizzo, ma ne esiste già uno. Se sei stato tu, accedi o chiedi una nuova password qui:',
  'account_exists.more': 'Se non sei stato tu, non devi fare nulla: non è cambiato niente.',
  reference: 'Ordine {id}',
} as const satisfies TranslationOf<typeof en>;
