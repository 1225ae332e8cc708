import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'order_received.subject': 'We houden {what} voor je vast',
  'order_received.lead': 'Bedankt voor je bestelling: {what}.',
  'order_received.more':
    'De artikelen liggen voor je klaar terwijl we de betaling van {amount} verwerken. Zodra die rond is, hoor je van ons; je hoeft niets te doen.',
  'order_paid.subject': 'Je bestelling is betaald: {what}',
  'order_paid.lead': 'We hebben je betaling van {amount} ontvangen.',
  'order_paid.more': 'Het is nu van jou: {what}. Bedankt voor je aankoop!',
  'order_declined.subject': 'De betaling is niet gelukt: {what}',
  'order_declined.lead': 'De betaling van {amount} voor {what} is geweigerd. Er is niets afgeschreven.',
  'order_declined.more':
    'De artikelen zijn weer te koop. Als er nog iets over is, kun je opnieuw in de wachtruimte aansluiten en met een andere kaart betalen.',
  'order_expired.subject': 'Je bestelling is verlopen: {what}',
  'order_expired.lead':
    'De betaling van {amount} kwam niet op tijd binnen, daarom konden we {what} niet langer voor je vasthouden. Er is niets afgeschreven.',
  'order_expired.more': 'Als er nog iets over is, kun je opnieuw in de wachtruimte aansluiten.',
  'order_refunded.subject': 'Je krijgt je geld terug: {what}',
  'order_refunded.lead': 'We hebben {amount} terugbetaald voor {what}.',
  'order_refunded.more':
    'Afhankelijk van je bank duurt het een paar dagen voordat het geld weer op je rekening staat.',
  'order_cancelled.subject': 'Je bestelling is geannuleerd: {what}',
  'order_cancelled.lead':
    'Je bestelling ({what}) is geannuleerd, zoals je hebt gevraagd. Er is niets afgeschreven.',
  'turn_near.subject': 'Je bent bijna aan de beurt: {room}',
  'turn_near.lead': 'In de wachtruimte “{room}” ben je bijna aan de beurt.',
  'turn_near.more':
    'Ga nu terug naar je plek en houd de pagina open: als je wordt opgeroepen, heb je maar kort de tijd om verder te gaan. De link is je plek, geef hem dus niet door.',
  'turn_near.link': 'Terug naar mijn plek',
  'turn_near.why':
    'Je krijgt deze mail, en geen tweede voor deze plek, omdat iemand dit adres in de wachtruimte heeft opgegeven.',
  'turn_near.stop': 'Deze mails stoppen',
  'place_joined.subject': 'Twee plaatsen met uw adres: {room}',
  'place_joined.lead':
    'Iemand is in de wachtruimte ‘{room}’ aangesloten met uw adres, dat daar al een plaats heeft. Maar één plaats telt: de eerste.',
  'place_joined.more':
    'Was u dat op een ander apparaat, ga dan gewoon daar verder. Was de eerste niet van u, open dan deze link in de browser waarin u wacht: dan telt uw plaats en eindigt de andere.',
  'place_joined.link': 'Mijn plaats telt',
  'verify_email.subject': 'Bevestig je e-mailadres',
  'verify_email.lead':
    'Iemand heeft met dit adres een account geopend. Was jij het, bevestig het dan hier binnen een dag:',
  'verify_email.more':
    'Je wordt gevraagd om het wachtwoord dat je hebt gekozen. Was jij het niet, dan hoef je niets te doen: zonder dat wachtwoord komt niemand verder.',
  'reset_password.subject': 'Kies een nieuw wachtwoord',
  'reset_password.lead':
    'Iemand heeft een nieuw wachtwoord voor je account gevraagd. Was jij het, kies het dan hier binnen een uur:',
  'reset_password.more': 'Was jij het niet, dan hoef je niets te doen: je wachtwoord blijft zoals het is.',
  'account_exists.subject': 'Je hebt al een account',
  'account_exists.lead':
    'Iemand wilde met dit adres een account openen, maar er is er al een. Was jij het, log dan hier in of vraag een nieuw wachtwoord aan:',
  'account_exists.more': 'Was jij het niet, dan hoef je niets te doen: er is niets veranderd.',
  reference: 'Bestelling {id}',
} as const satisfies TranslationOf<typeof en>;
