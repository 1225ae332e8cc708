import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'order_received.subject': 'Wir halten {what} für Sie zurück',
  'order_received.lead': 'Vielen Dank für Ihre Bestellung: {what}.',
  'order_received.more':
    'Die Ware ist für Sie reserviert, während wir die Zahlung von {amount} abwickeln. Sobald sie durch ist, melden wir uns; Sie müssen nichts tun.',
  'order_paid.subject': 'Ihre Bestellung ist bezahlt: {what}',
  'order_paid.lead': 'Wir haben Ihre Zahlung über {amount} erhalten.',
  'order_paid.more': 'Jetzt gehört es Ihnen: {what}. Danke für Ihren Einkauf!',
  'order_declined.subject': 'Die Zahlung für {what} hat nicht geklappt',
  'order_declined.lead': 'Die Zahlung von {amount} für {what} wurde abgelehnt. Ihnen wurde nichts berechnet.',
  'order_declined.more':
    'Die Ware ist wieder im Verkauf. Solange etwas übrig ist, können Sie sich erneut im Warteraum anstellen und mit einer anderen Karte bezahlen.',
  'order_expired.subject': 'Ihre Bestellung ist abgelaufen: {what}',
  'order_expired.lead':
    'Die Zahlung von {amount} kam nicht rechtzeitig an, daher konnten wir {what} nicht länger für Sie zurückhalten. Ihnen wurde nichts berechnet.',
  'order_expired.more': 'Solange etwas übrig ist, können Sie sich erneut im Warteraum anstellen.',
  'order_refunded.subject': 'Sie bekommen Ihr Geld zurück: {what}',
  'order_refunded.lead': 'Wir haben Ihnen {amount} für {what} erstattet.',
  'order_refunded.more': 'Je nach Bank dauert es einige Tage, bis das Geld wieder auf Ihrem Konto ist.',
  'order_cancelled.subject': 'Ihre Bestellung ist storniert: {what}',
  'order_cancelled.lead':
    'Ihre Bestellung ({what}) ist wie gewünscht storniert. Ihnen wurde nichts berechnet.',
  'turn_near.subject': 'Sie sind bald an der Reihe: {room}',
  'turn_near.lead': 'Im Warteraum „{room}“ sind Sie bald an der Reihe.',
  'turn_near.more':
    'Gehen Sie jetzt zu Ihrem Platz zurück und lassen Sie die Seite offen: Nach dem Aufruf haben Sie nur kurze Zeit, um weiterzugehen. Der Link ist Ihr Platz, geben Sie ihn also nicht weiter.',
  'turn_near.link': 'Zurück zu meinem Platz',
  'turn_near.why':
    'Sie bekommen diese Mail, und für diesen Platz keine zweite, weil jemand im Warteraum diese Adresse angegeben hat.',
  'turn_near.stop': 'Diese Mails abbestellen',
  'place_joined.subject': 'Zwei Plätze mit Ihrer Adresse: {room}',
  'place_joined.lead':
    'Jemand hat sich im Warteraum „{room}“ mit Ihrer Adresse angestellt, die dort schon einen Platz hat. Nur ein Platz zählt: der erste.',
  'place_joined.more':
    'Wenn Sie sich auf einem anderen Gerät angestellt haben, machen Sie einfach dort weiter. Wenn Sie das nicht waren, öffnen Sie diesen Link in dem Browser, in dem Sie warten: Dann zählt Ihr Platz, und der andere endet.',
  'place_joined.link': 'Mein Platz zählt',
  'verify_email.subject': 'Bitte bestätigen Sie Ihre E-Mail-Adresse',
  'verify_email.lead':
    'Jemand hat mit dieser Adresse ein Konto eröffnet. Wenn Sie das waren, bestätigen Sie es hier innerhalb eines Tages:',
  'verify_email.more':
    'Sie werden nach dem Passwort gefragt, das Sie gewählt haben. Wenn Sie es nicht waren, müssen Sie nichts tun: Ohne dieses Passwort kommt niemand weiter.',
  'reset_password.subject': 'Legen Sie ein neues Passwort fest',
  'reset_password.lead':
    'Jemand hat für Ihr Konto ein neues Passwort angefordert. Wenn Sie das waren, legen Sie es hier innerhalb einer Stunde fest:',
  'reset_password.more': 'Wenn Sie es nicht waren, müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist.',
  'account_exists.subject': 'Sie haben schon ein Konto',
  'account_exists.lead':
    'Jemand wollte mit dieser Adresse ein Konto eröffnen, aber es gibt schon eines. Wenn Sie das waren, melden Sie sich hier an, oder fordern Sie ein neues Passwort an:',
  'account_exists.more': 'Wenn Sie es nicht waren, müssen Sie nichts tun: Es wurde nichts geändert.',
  reference: 'Bestellung {id}',
} as const satisfies TranslationOf<typeof en>;
