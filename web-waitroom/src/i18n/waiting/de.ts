import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Warteraum',
  'page.language': 'Sprache',
  'page.accessibility': 'Barrierefreiheit',
  'page.no_script':
    'Diese Seite hält Ihren Platz mit JavaScript. Bitte schalten Sie JavaScript ein und laden Sie die Seite neu.',
  'page.titled': '{state} · {room}',
  'page.footer': 'Warteraum von ShopFast',

  'joining.title': 'Ihr Platz wird gesucht',
  'joining.lead':
    'Einen Moment, bitte. Wenn Sie dran sind, bringt diese Seite Sie in den Shop. Lassen Sie sie offen; neu laden müssen Sie nicht.',

  'checking.title': 'Ihr Browser wird geprüft',
  'checking.lead':
    'Er löst von selbst eine kleine Aufgabe. Das dauert ein paar Sekunden und hindert Programme daran, Menschen die Plätze wegzunehmen.',

  'email.title': 'Ihre E-Mail-Adresse, bitte',
  'email.lead':
    'In dieser Schlange gibt es je Adresse einen Platz. Für anderes wird sie hier nicht verwendet.',
  'email.label': 'E-Mail-Adresse',
  'email.go': 'Anstellen',

  'code.title': 'Ihr Code, bitte',
  'code.lead': 'Mit einem Einladungs- oder Vorrangcode des Shops bekommen Sie einen eigenen Platz.',
  'code.needed': 'Diese Schlange ist für geladene Gäste. Der Code steht in Ihrer Einladung.',
  'code.label': 'Code',
  'code.go': 'Mit diesem Code anstellen',
  'code.refused':
    'Dieser Code öffnet die Schlange leider nicht. Bitte prüfen Sie jedes Zeichen; vielleicht wurde er schon benutzt, ist abgelaufen oder gilt für einen anderen Verkauf.',
  'code.have': 'Ich habe einen Code',
  'code.without': 'Ohne Code anstellen',

  'not_open.title': 'Noch nicht geöffnet',
  'not_open.lead': 'Es geht bald los. Lassen Sie diese Seite offen: Sie sind dann sofort dabei.',

  'lobby.title': 'Sie sind früh dran',
  'lobby.lead': 'Sie haben einen Platz. Lassen Sie diese Seite offen; neu laden müssen Sie nicht.',
  'lobby.until': 'bis zur Öffnung',
  'lobby.opening': 'Die Türen gehen auf',
  'lobby.opens_at': 'Öffnung',
  'lobby.later': 'Wann es losgeht, steht bald hier.',

  'waiting.title': 'Sie stehen in der Schlange',
  'waiting.tab': { one: '{count} Person vor Ihnen', other: '{count} Personen vor Ihnen' },
  'waiting.next': 'Sie sind als Nächstes dran',
  'waiting.ahead': { one: 'Person vor Ihnen', other: 'Personen vor Ihnen' },
  'waiting.lead':
    'Wenn Sie dran sind, bringt diese Seite Sie in den Shop. Lassen Sie sie offen; neu laden müssen Sie nicht.',
  'waiting.progress': 'Wie weit Sie schon sind',
  'waiting.said': '{ahead}. Geschätzte Wartezeit: {eta}.',

  'fact.number': 'Ihre Nummer',
  'fact.number_none': 'Gibt es zur Öffnung',
  'fact.ahead': 'Personen vor Ihnen',
  'fact.eta': 'Geschätzte Wartezeit',
  'fact.unknown': 'Wird berechnet',
  'fact.rate': 'Einlass pro Minute',
  'fact.rate_value': 'etwa {rate}',
  'fact.rate_none': 'Gerade niemand',
  'fact.updated': 'Stand: {time}',
  'eta.rate_lowered': 'Der Shop lässt jetzt langsamer ein, deshalb ist die Wartezeit länger geworden.',
  'eta.shop_busy': 'Im Shop dauert es gerade länger, deshalb kann die Wartezeit länger werden.',
  'eta.stock_low':
    'Das meiste ist für Leute zurückgelegt, die gerade bezahlen. Sobald etwas frei wird, geht es weiter.',
  'eta.paused': 'Die Schlange steht einen Moment still. Ihr Platz bleibt Ihnen.',
  'eta.catching_up': 'Die Schlange ist einen Moment langsamer als geplant. Ihr Platz bleibt Ihnen.',
  'message.label': 'Nachricht vom Shop',

  'called.title': 'Sie sind dran',
  'called.lead': 'Wir bringen Sie in den Shop. Falls nichts geschieht, drücken Sie die Taste.',
  'called.left': 'haben Sie noch Zeit',
  'called.over': 'Die Zeit ist um; Ihr Platz wird geprüft',
  'called.go': 'Zum Shop',

  'going.title': 'Wir bringen Sie in den Shop',
  'going.lead': 'Ihre Reservierung ist bereit.',

  'completed.title': 'Sie haben bestellt',
  'completed.lead': 'Sie haben in diesem Verkauf gekauft; vielen Dank.',
  'completed.order': 'Zur Bestellung',
  'completed.shop': 'Zum Shop',

  'sold_out.title': 'Ausverkauft',
  'sold_out.lead':
    'Alles ist verkauft oder für jemanden zurückgelegt, der gerade bezahlt. Wird etwas frei, geht es weiter; Ihr Platz bleibt Ihnen, solange diese Seite offen ist.',
  'sold_out.lead_no_place': 'Alles ist verkauft oder für jemanden zurückgelegt, der gerade bezahlt.',

  'paused.title': 'Eine kurze Pause',
  'paused.lead': 'Die Schlange steht einen Moment still. Ihr Platz bleibt Ihnen; es geht von selbst weiter.',

  'closed.title': 'Dieser Verkauf ist vorbei',
  'closed.lead': 'Der Warteraum ist geschlossen. Danke, dass Sie da waren.',

  'expired.title': 'Ihr Platz ist verfallen',
  'expired.lead':
    'Diese Seite hat sich eine Weile nicht gemeldet, oder Ihr Aufruf ist verstrichen. Sie können sich neu anstellen und bekommen eine neue Nummer.',
  'revoked.title': 'Ihr Platz wurde zurückgenommen',
  'revoked.lead':
    'Der Shop hat diesen Platz beendet. Wenn Sie das für einen Irrtum halten, fragen Sie bitte beim Shop nach.',
  'left.title': 'Sie haben die Schlange verlassen',
  'left.lead':
    'Ihr Platz ging an die nächste Person. Sie können sich neu anstellen und bekommen eine neue Nummer.',
  'unknown_room.title': 'Diesen Warteraum gibt es nicht',
  'unknown_room.lead':
    'Bitte prüfen Sie die Adresse: Sie ist vielleicht unvollständig, oder der Verkauf ist lange vorbei.',
  'no_cookies.title': 'Cookies werden gebraucht',
  'no_cookies.lead':
    'Ihr Platz steht in einem Cookie dieser Website, und Ihr Browser schickt ihn nicht mit. Bitte erlauben Sie Cookies für diese Website und versuchen Sie es noch einmal.',
  'insecure.title': 'Eine sichere Verbindung wird gebraucht',
  'insecure.lead':
    'Dieser Raum prüft jeden Browser, und das geht nur über https. Bitte öffnen Sie die Adresse mit https:// oder mit einem neueren Browser.',
  'refused.title': 'Wir konnten Sie nicht einlassen',
  'refused.lead': 'Der Warteraum hat diese Anfrage nicht angenommen.',

  'trouble.offline': 'Sie sind offline. Wir halten Ihren Platz; es geht weiter, sobald Sie zurück sind.',
  'trouble.holding':
    'Wir halten Ihren Platz. Der Warteraum hat viel zu tun; diese Seite fragt von selbst wieder.',
  'trouble.joining': 'Der Warteraum hat viel zu tun. Diese Seite versucht es von selbst wieder.',
  'trouble.leaving':
    'Das hat nicht geklappt. Sie stehen noch in der Schlange; bitte versuchen Sie es gleich noch einmal.',

  'leave.open': 'Schlange verlassen',
  'leave.title': 'Die Schlange verlassen?',
  'leave.lead':
    'Ihr Platz geht an die nächste Person. Wenn Sie sich neu anstellen, bekommen Sie eine neue Nummer am Ende.',
  'leave.confirm': 'Verlassen',
  'leave.cancel': 'Weiter warten',

  'notifications.open': 'Erinnerungen und andere Geräte',

  'again.join': 'Neu anstellen',
  'again.try': 'Noch einmal versuchen',
} as const satisfies TranslationOf<typeof en>;
