import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'panel.title': 'Terwijl je wacht',
  'panel.close': 'Sluiten',

  'alert.title': 'Als ik aan de beurt ben',
  'alert.sound': 'Een geluid afspelen',
  'alert.notification': 'Een melding tonen',
  'alert.lead': 'Houd hiervoor de pagina open.',
  'alert.denied':
    'De browser staat hier geen meldingen toe. In zijn instellingen voor deze site kun je dat veranderen.',
  'alert.body': 'Open de pagina om naar de winkel te gaan.',

  'mail.title': 'E-mail als ik bijna aan de beurt ben',
  'mail.lead':
    'Die komt ongeveer tien minuten voor je beurt. Tot dan mag je deze pagina sluiten; we houden je plek vast.',
  'mail.label': 'E-mailadres',
  'mail.send': 'Stuur mij de e-mail',
  'mail.set': 'We schrijven naar {email}. Je mag deze pagina sluiten; we houden je plek vast.',
  'mail.sent': 'De e-mail is al naar je onderweg.',
  'mail.remove': 'Liever geen e-mail',
  'mail.removed': 'Er komt geen e-mail.',
  'mail.wrong': 'Controleer het adres.',
  'mail.refused': 'We mogen niet naar dit adres schrijven. Geef een ander adres.',
  'mail.late': 'Je bent te snel aan de beurt voor een e-mail. Houd deze pagina open.',
  'mail.failed': 'Dat lukte niet. Probeer het zo nog eens.',

  'move.title': 'Neem je plek mee naar een ander apparaat',
  'move.lead':
    'Open daar deze link en je hebt dezelfde plek. Wie de link heeft, heeft je plek: geef hem aan niemand.',
  'move.label': 'Link naar je plek',
  'move.copy': 'Link kopiëren',
  'move.copied': 'Gekopieerd.',
  'move.by_hand': 'De link is geselecteerd; kopieer hem zelf.',
} as const satisfies TranslationOf<typeof en>;
