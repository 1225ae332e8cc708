import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'panel.title': 'Medan du väntar',
  'panel.close': 'Stäng',

  'alert.title': 'När det är min tur',
  'alert.sound': 'Spela ett ljud',
  'alert.notification': 'Visa en avisering',
  'alert.lead': 'Låt då sidan vara öppen.',
  'alert.denied':
    'Webbläsaren tillåter inga aviseringar här. Det går att ändra i dess inställningar för den här webbplatsen.',
  'alert.body': 'Öppna sidan för att gå till butiken.',

  'mail.title': 'Mejl när det snart är min tur',
  'mail.lead':
    'Det kommer ungefär tio minuter före din tur. Till dess kan du stänga sidan; vi håller din plats.',
  'mail.label': 'E-postadress',
  'mail.send': 'Skicka mejlet till mig',
  'mail.set': 'Vi skriver till {email}. Du kan stänga sidan; vi håller din plats.',
  'mail.sent': 'Mejlet är redan på väg till dig.',
  'mail.remove': 'Inget mejl, tack',
  'mail.removed': 'Det kommer inget mejl.',
  'mail.wrong': 'Kontrollera adressen.',
  'mail.refused': 'Vi får inte skriva till den här adressen. Ange en annan.',
  'mail.late': 'Det är din tur för snart för ett mejl. Låt sidan vara öppen.',
  'mail.failed': 'Det gick inte. Försök igen om en stund.',

  'move.title': 'Ta med din plats till en annan enhet',
  'move.lead':
    'Öppna länken där, så har du samma plats. Den som har länken har din plats: ge den inte till någon.',
  'move.label': 'Länk till din plats',
  'move.copy': 'Kopiera länken',
  'move.copied': 'Kopierad.',
  'move.by_hand': 'Länken är markerad; kopiera den själv.',
} as const satisfies TranslationOf<typeof en>;
