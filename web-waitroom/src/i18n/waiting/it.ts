import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Sala d’attesa',
  'page.language': 'Lingua',
  'page.accessibility': 'Accessibilità',
  'page.no_script':
    'Questa pagina tiene il tuo posto in fila con JavaScript. Attiva JavaScript e ricarica la pagina.',
  'page.titled': '{state} · {room}',
  'page.footer': 'Sala d’attesa di ShopFast',

  'joining.title': 'Cerchiamo il tuo posto',
  'joining.lead':
    'Un attimo, per favore. Quando tocca a te, questa pagina ti porta nel negozio. Tienila aperta; non serve ricaricarla.',

  'checking.title': 'Controllo del browser',
  'checking.lead':
    'Il tuo browser risolve da solo un piccolo calcolo. Richiede qualche secondo e impedisce ai programmi di prendere il posto delle persone.',

  'email.title': 'Il tuo indirizzo e-mail',
  'email.lead': 'In questa fila c’è un posto per ogni indirizzo. Qui non serve ad altro.',
  'email.label': 'Indirizzo e-mail',
  'email.go': 'Mettiti in fila',

  'code.title': 'Il tuo codice',
  'code.lead': 'Un codice d’invito o di precedenza del negozio ti dà un posto tutto tuo.',
  'code.needed': 'Questa fila è riservata agli invitati. Il codice è nel tuo invito.',
  'code.label': 'Codice',
  'code.go': 'Entra con questo codice',
  'code.refused':
    'Spiacenti, questo codice non apre la fila. Controlla ogni carattere; potrebbe essere già usato, scaduto o di un’altra vendita.',
  'code.have': 'Ho un codice',
  'code.without': 'Entra senza codice',

  'not_open.title': 'Non ancora aperta',
  'not_open.lead': 'La fila apre tra poco. Tieni aperta questa pagina: entrerai appena possibile.',

  'lobby.title': 'Sei in anticipo',
  'lobby.lead': 'Hai un posto. Tieni aperta questa pagina; non serve ricaricarla.',
  'lobby.until': 'all’apertura',
  'lobby.opening': 'Le porte si stanno aprendo',
  'lobby.opens_at': 'Apertura',
  'lobby.later': 'L’orario di apertura sarà annunciato qui.',

  'waiting.title': 'Sei in fila',
  'waiting.tab': {
    one: '{count} persona davanti a te',
    many: '{count} persone davanti a te',
    other: '{count} persone davanti a te',
  },
  'waiting.next': 'Il prossimo turno è il tuo',
  'waiting.ahead': {
    one: 'persona davanti a te',
    many: 'persone davanti a te',
    other: 'persone davanti a te',
  },
  'waiting.lead':
    'Quando tocca a te, questa pagina ti porta nel negozio. Tienila aperta; non serve ricaricarla.',
  'waiting.progress': 'A che punto sei',
  'waiting.said': '{ahead}. Attesa stimata: {eta}.',

  'fact.number': 'Il tuo numero',
  'fact.number_none': 'Assegnato all’apertura',
  'fact.ahead': 'Persone davanti a te',
  'fact.eta': 'Attesa stimata',
  'fact.unknown': 'In calcolo',
  'fact.rate': 'Ingressi al minuto',
  'fact.rate_value': 'circa {rate}',
  'fact.rate_none': 'Nessuno per ora',
  'fact.updated': 'Aggiornato: {time}',
  'eta.rate_lowered': 'Ora il negozio fa entrare più lentamente, perciò l’attesa si è allungata.',
  'eta.shop_busy': 'Nel negozio ci vuole più tempo, perciò l’attesa può allungarsi.',
  'eta.stock_low':
    'Quasi tutto ciò che resta è riservato a chi sta pagando. La fila avanza appena si libera qualcosa.',
  'eta.paused': 'La fila è ferma per un momento. Il posto resta tuo.',
  'eta.catching_up': 'La fila avanza un po’ più lentamente del previsto. Il posto resta tuo.',
  'message.label': 'Messaggio del negozio',

  'called.title': 'Tocca a te',
  'called.lead': 'Ti portiamo nel negozio. Se non succede nulla, premi il pulsante.',
  'called.left': 'per entrare',
  'called.over': 'Il tempo è scaduto; controlliamo il tuo posto',
  'called.go': 'Vai al negozio',

  'going.title': 'Ti portiamo nel negozio',
  'going.lead': 'La tua prenotazione è pronta.',

  'completed.title': 'Ordine effettuato',
  'completed.lead': 'Hai acquistato in questa vendita; grazie.',
  'completed.order': 'Vedi il tuo ordine',
  'completed.shop': 'Vai al negozio',

  'sold_out.title': 'Esaurito',
  'sold_out.lead':
    'È tutto venduto o riservato a chi sta pagando. Se si libera qualcosa la fila avanza, e il posto resta tuo finché questa pagina è aperta.',
  'sold_out.lead_no_place': 'È tutto venduto o riservato a chi sta pagando.',

  'paused.title': 'Una breve pausa',
  'paused.lead': 'La fila è ferma per un momento. Il posto resta tuo; questa pagina riprende da sola.',

  'closed.title': 'Questa vendita è finita',
  'closed.lead': 'La sala d’attesa è chiusa. Grazie di essere venuto.',

  'expired.title': 'Il tuo posto è scaduto',
  'expired.lead':
    'Questa pagina non si è fatta sentire per un po’, oppure il tuo turno è passato. Puoi rimetterti in fila con un nuovo numero.',
  'revoked.title': 'Il tuo posto è stato ritirato',
  'revoked.lead': 'Il negozio ha annullato questo posto in fila. Se pensi sia un errore, chiedi al negozio.',
  'left.title': 'Hai lasciato la fila',
  'left.lead': 'Il tuo posto è passato alla persona successiva. Puoi rimetterti in fila con un nuovo numero.',
  'unknown_room.title': 'Questa sala d’attesa non esiste',
  'unknown_room.lead': 'Controlla l’indirizzo: forse è incompleto, o la vendita è finita da tempo.',
  'no_cookies.title': 'Servono i cookie',
  'no_cookies.lead':
    'Il tuo posto è in un cookie di questo sito e il browser non lo invia. Consenti i cookie per questo sito e riprova.',
  'insecure.title': 'Serve una connessione sicura',
  'insecure.lead':
    'Questa sala controlla ogni browser, e funziona solo con https. Apri l’indirizzo con https:// o con un browser più recente.',
  'refused.title': 'Non siamo riusciti a farti entrare',
  'refused.lead': 'La sala d’attesa non ha accettato questa richiesta.',

  'trouble.offline': 'Sei offline. Teniamo il tuo posto; questa pagina riprende quando torni.',
  'trouble.holding':
    'Teniamo il tuo posto. La sala d’attesa è molto occupata; questa pagina riprova da sola.',
  'trouble.joining': 'La sala d’attesa è molto occupata. Questa pagina riprova da sola.',
  'trouble.leaving': 'Non ha funzionato. Sei ancora in fila; riprova tra un momento.',

  'leave.open': 'Lascia la fila',
  'leave.title': 'Lasciare la fila?',
  'leave.lead':
    'Il tuo posto passa alla persona successiva. Se torni, avrai un nuovo numero in fondo alla fila.',
  'leave.confirm': 'Lascia',
  'leave.cancel': 'Resta in fila',

  'notifications.open': 'Promemoria e altri dispositivi',

  'again.join': 'Rimettiti in fila',
  'again.try': 'Riprova',
} as const satisfies TranslationOf<typeof en>;
