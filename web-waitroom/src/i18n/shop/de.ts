import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Shop',
  'page.language': 'Sprache',
  'page.accessibility': 'Barrierefreiheit',
  'page.titled': '{page} · Shop',
  'page.no_script': 'Der Shop braucht JavaScript. Bitte schalten Sie es ein und laden Sie die Seite neu.',
  'page.home': 'Alle Produkte',
  'page.skip': 'Zum Inhalt',
  'page.loading': 'Einen Moment …',
  'page.not_found': 'Hier ist nichts',
  'page.not_found_lead': 'Diese Adresse führt in diesem Shop nirgendwohin.',

  'list.title': 'Im Verkauf',
  'list.empty': 'Gerade ist nichts im Verkauf.',

  'availability.available': 'Verfügbar',
  'availability.low': 'Nur noch wenige',
  'availability.reserved': 'Alles zurückgelegt',
  'availability.sold_out': 'Ausverkauft',

  'product.limit': { one: 'Höchstens {count} pro Person', other: 'Höchstens {count} pro Person' },
  'product.buy': 'Jetzt kaufen',
  'product.turn_title': 'Warten Sie, bis Sie dran sind',
  'product.turn_lead':
    'Viele möchten das gleichzeitig. Der Warteraum lässt alle der Reihe nach ein, damit der Shop schnell bleibt.',
  'product.join': 'Zum Warteraum',
  'product.no_room': 'Dieses Produkt ist gerade nicht im Verkauf.',
  'product.sold_out': 'Alles ist verkauft. Danke, dass Sie da waren.',
  'product.reserved': 'Alles ist für andere zurückgelegt, die gerade bezahlen. Vielleicht wird etwas frei.',

  'reservation.ready': 'Sie sind dran',
  'reservation.left': 'Ihre Reservierung gilt noch {time}',
  'reservation.over_title': 'Ihre Reservierung ist abgelaufen',
  'reservation.over_lead': 'Die Zeit zum Kaufen ist um, und die nächste Person ist dran.',

  'form.title': 'Ihre Bestellung',
  'form.quantity': 'Anzahl',
  'form.email': 'E-Mail',
  'form.email_hint': 'Dorthin geht die Bestätigung.',
  'form.card': 'Testkarte',
  'form.card_hint': 'Dieser Shop nimmt kein echtes Geld.',
  'form.total': 'Gesamt',
  'form.buy': 'Für {total} kaufen',
  'form.buying': 'Ihre Bestellung wird aufgegeben …',
  'form.held':
    'Im Shop ist viel los. Ihre Bestellung ist gesichert und wird von selbst wieder gesendet; bitte lassen Sie diese Seite offen.',

  'card.pm_card_visa': 'Visa, die bezahlt',
  'card.pm_card_visa_hint': 'Die Zahlung gelingt.',
  'card.pm_card_visa_chargeDeclined': 'Visa, die abgelehnt wird',
  'card.pm_card_visa_chargeDeclined_hint': 'Die Bank lehnt ab; das Stück wird wieder frei.',
  'card.pm_card_authenticationRequired': 'Visa mit 3-D Secure',
  'card.pm_card_authenticationRequired_hint': 'Die Bank bittet um Ihre Bestätigung.',

  'order.title': 'Ihre Bestellung',
  'order.number': 'Bestellnummer',
  'order.product': 'Produkt',
  'order.quantity': 'Anzahl',
  'order.total': 'Gesamt',
  'order.email': 'E-Mail',
  'order.placed': 'Bestellt',
  'order.steps': 'Wie weit Ihre Bestellung ist',
  'order.step_received': 'Bestellung eingegangen',
  'order.step_payment': 'Zahlung',
  'order.step_done': 'Bestätigt',
  'order.live': 'Diese Seite folgt der Zahlung von selbst.',
  'order.stale':
    'Der Shop ist nicht erreichbar. Ihre Bestellung ist sicher; diese Seite fragt von selbst wieder.',
  'order.again': 'Zurück zum Warteraum',
  'order.more': 'Zurück zum Shop',

  'state.pending_payment': 'Zahlung läuft',
  'state.pending_payment_lead':
    'Ihre Ware ist zurückgelegt. Die Zahlung läuft; das kann einen Moment dauern.',
  'state.action_needed': 'Ihre Bank möchte eine Bestätigung',
  'state.action_needed_lead':
    'Ihre Ware ist bis {time} zurückgelegt. Bitte bestätigen Sie die Zahlung bei Ihrer Bank.',
  'state.paid': 'Bezahlt. Es gehört Ihnen!',
  'state.paid_lead': 'Vielen Dank. Die Bestätigung ist unterwegs an {email}.',
  'state.payment_failed': 'Die Zahlung wurde abgelehnt',
  'state.payment_failed_lead':
    'Es wurde nichts abgebucht, und die Ware ist wieder im Verkauf. Sie können sich neu anstellen und eine andere Karte nehmen.',
  'state.expired': 'Die Zeit zum Bezahlen ist abgelaufen',
  'state.expired_lead':
    'Es wurde nichts abgebucht, und die Ware ist wieder im Verkauf. Sie können sich neu anstellen.',
  'state.cancelled': 'Die Bestellung ist storniert',
  'state.cancelled_lead': 'Es wurde nichts abgebucht, und die Ware ist wieder im Verkauf.',
  'state.refunded': 'Die Bestellung ist erstattet',
  'state.refunded_lead': 'Das Geld ist auf dem Weg zurück auf Ihre Karte.',

  'action.confirm': 'Zahlung bestätigen',
  'action.new_tab': '(öffnet einen neuen Tab)',
  'cancel.open': 'Bestellung stornieren',
  'cancel.title': 'Diese Bestellung stornieren?',
  'cancel.lead': 'Die Ware geht an jemand anderen. Um sie doch zu kaufen, müssten Sie sich neu anstellen.',
  'cancel.confirm': 'Bestellung stornieren',
  'cancel.keep': 'Behalten',

  'account.title': 'Ihr Konto',
  'account.sign_in': 'Anmelden',
  'account.sign_out': 'Abmelden',
  'account.sign_up': 'Konto eröffnen',
  'account.sign_up_lead':
    'Mit einem Konto finden Sie alle Bestellungen an einem Ort. Kaufen können Sie genauso gut ohne.',
  'account.name': 'Name',
  'account.password': 'Passwort',
  'account.password_hint': { one: 'Mindestens {count} Zeichen', other: 'Mindestens {count} Zeichen' },
  'account.forgotten': 'Neues Passwort festlegen',
  'account.reset': 'Neues Passwort festlegen',
  'account.reset_mail': 'Link zuschicken',
  'account.verify': 'Ihre Adresse bestätigen',
  'account.verify_lead':
    'Bitte geben Sie das gewählte Passwort ein, damit klar ist, dass das Konto Ihnen gehört.',
  'account.mailed': 'Bitte sehen Sie in Ihr Postfach',
  'account.mailed_verify':
    'Wir haben Ihnen eine Mail geschickt. Mit dem Link darin bestätigen Sie Ihre Adresse.',
  'account.mailed_reset':
    'Falls es zu dieser Adresse ein Konto gibt, ist eine Mail mit einem Link für ein neues Passwort unterwegs.',
  'account.no_link': 'Bitte öffnen Sie den Link in der Mail, die wir Ihnen geschickt haben.',
  'account.signed_in_as': 'Angemeldet als {email}',
  'account.orders': 'Ihre Bestellungen',
  'account.no_orders': 'Noch gibt es keine Bestellungen.',
  'account.older': 'Ältere Bestellungen',
  'account.newest': 'Neueste Bestellungen',
  'account.profile': 'Ihr Profil',
  'account.save': 'Speichern',
  'account.erase': 'Konto löschen',
  'account.erase_lead':
    'Name, Adresse, Passwort und Sitzungen werden sofort gelöscht. Bestellungen bleiben in unseren Büchern, ohne Bezug zu einem Konto.',
  'account.erase_confirm': 'Jetzt löschen',

  'problem.mailed':
    'Bitte sehen Sie in Ihr Postfach, oder melden Sie sich an, um einen neuen Link zu bekommen.',
  'problem.unreachable': 'Der Shop ist nicht erreichbar.',
  'problem.unknown': 'Etwas hat nicht geklappt.',
  'problem.again': 'Bitte versuchen Sie es noch einmal.',
  'problem.gone': 'Vielleicht wurde es aus dem Verkauf genommen.',
  'problem.too_late': 'Die Zahlung ist inzwischen durch, oder die Bestellung war schon beendet.',
  'problem.sold_out':
    'Zurückgelegtes kann wieder frei werden; versuchen Sie es gern noch einmal, solange Ihre Reservierung gilt.',
  'problem.retry': 'Bitte prüfen Sie Ihre Verbindung und versuchen Sie es dann noch einmal.',
  'problem.to_room': 'Sie müssen noch einmal drankommen: Bitte stellen Sie sich im Warteraum neu an.',
  'problem.fix': 'Bitte ändern Sie das und versuchen Sie es dann noch einmal.',
  'problem.wait': 'Bitte warten Sie einen Moment und versuchen Sie es dann noch einmal.',
  'problem.other_browser':
    'Bitte machen Sie in dem Browser weiter, in dem Sie gewartet haben, oder stellen Sie sich in diesem hier an.',
  'problem.no_token':
    'Bitte öffnen Sie sie in dem Browser, in dem Sie bestellt haben. Wie es ausging, steht auch in der E-Mail an Sie.',
} as const satisfies TranslationOf<typeof en>;
