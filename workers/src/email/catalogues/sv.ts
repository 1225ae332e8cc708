import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'order_received.subject': 'Vi håller {what} åt dig',
  'order_received.lead': 'Tack för din beställning: {what}.',
  'order_received.more':
    'Varorna är reserverade åt dig medan vi genomför betalningen på {amount}. Du hör av oss så snart den är klar; du behöver inte göra något.',
  'order_paid.subject': 'Din beställning är betald: {what}',
  'order_paid.lead': 'Vi har tagit emot din betalning på {amount}.',
  'order_paid.more': 'Nu är det ditt: {what}. Tack för ditt köp!',
  'order_declined.subject': 'Betalningen gick inte igenom: {what}',
  'order_declined.lead': 'Betalningen på {amount} för {what} nekades. Inget har dragits från ditt konto.',
  'order_declined.more':
    'Varorna är till salu igen. Om det finns några kvar kan du ställa dig i väntrummet på nytt och betala med ett annat kort.',
  'order_expired.subject': 'Din beställning har gått ut: {what}',
  'order_expired.lead':
    'Betalningen på {amount} kom inte fram i tid, så vi kunde inte hålla {what} åt dig längre. Inget har dragits från ditt konto.',
  'order_expired.more': 'Om det finns några kvar kan du ställa dig i väntrummet på nytt.',
  'order_refunded.subject': 'Du får pengarna tillbaka: {what}',
  'order_refunded.lead': 'Vi har återbetalat {amount} för {what}.',
  'order_refunded.more': 'Beroende på din bank tar det några dagar innan pengarna är tillbaka på ditt konto.',
  'order_cancelled.subject': 'Din beställning är avbruten: {what}',
  'order_cancelled.lead':
    'Din beställning ({what}) är avbruten, som du bad om. Inget har dragits från ditt konto.',
  'turn_near.subject': 'Det är snart din tur: {room}',
  'turn_near.lead': 'I väntrummet ”{room}” är det snart din tur.',
  'turn_near.more':
    'Gå tillbaka till din plats nu och låt sidan vara öppen: när du kallas har du bara en kort stund på dig att gå vidare. Länken är din plats, så skicka den inte vidare.',
  'turn_near.link': 'Tillbaka till min plats',
  'turn_near.why':
    'Du får det här mejlet, och inget mer för den här platsen, för att någon angav den här adressen i väntrummet.',
  'turn_near.stop': 'Stoppa de här mejlen',
  'place_joined.subject': 'Två platser med din adress: {room}',
  'place_joined.lead':
    'Någon ställde sig i väntrummet ”{room}” med din adress, som redan har en plats där. Bara en plats gäller: den första.',
  'place_joined.more':
    'Om det var du på en annan enhet, fortsätt bara där. Om den första inte var du, öppna länken i webbläsaren där du väntar: då gäller din plats och den andra upphör.',
  'place_joined.link': 'Min plats gäller',
  'verify_email.subject': 'Bekräfta din e-postadress',
  'verify_email.lead':
    'Någon har öppnat ett konto med den här adressen. Om det var du, bekräfta det här inom ett dygn:',
  'verify_email.more':
    'Du får frågan om lösenordet som du valde. Om det inte var du behöver du inte göra något: utan lösenordet kommer ingen vidare.',
  'reset_password.subject': 'Välj ett nytt lösenord',
  'reset_password.lead':
    'Någon har bett om ett nytt lösenord för ditt konto. Om det var du, välj det här inom en timme:',
  'reset_password.more': 'Om det inte var du behöver du inte göra något: ditt lösenord är oförändrat.',
  'account_exists.subject': 'Du har redan ett konto',
  'account_exists.lead':
    'Någon försökte öppna ett konto med den här adressen, men det finns redan ett. Om det var du, logga in eller be om ett nytt lösenord här:',
  'account_exists.more': 'Om det inte var du behöver du inte göra något: ingenting har ändrats.',
  reference: 'Beställning {id}',
} as const satisfies TranslationOf<typeof en>;
